using System.Globalization;

namespace Munshi.Vault.Pages.Details;

/// <param name="Latitude">Degrees north; null where it was not given.</param>
/// <param name="Longitude">Degrees east; null where it was not given.</param>
/// <param name="Name">Of a chosen place.</param>
/// <param name="Address">Of a chosen place.</param>
public sealed record PlaceDetail(double? Latitude, double? Longitude, string? Name, string? Address) : MessageDetail
{
    public override bool HoldsWords => true;

    /// <summary>Degrees north and east with six decimals (a tenth of a metre); null without both.</summary>
    public string? Coordinates => (Latitude, Longitude) is ({ } north, { } east) ? string.Create(CultureInfo.InvariantCulture, $"{north:0.######}, {east:0.######}") : null;

    /// <summary>A <c>geo:</c> URI (RFC 5870), which the reader's own map opens: nobody else is told of the place.</summary>
    public string? Link => (Latitude, Longitude) is ({ } north, { } east) ? string.Create(CultureInfo.InvariantCulture, $"geo:{north:0.######},{east:0.######}") : null;
}
