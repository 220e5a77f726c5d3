using System.Globalization;
using System.Text.Json.Nodes;

namespace Munshi.Sandbox.Phone.Kinds;

/// <summary>A pin, or with a name a chosen place.</summary>
/// <param name="Latitude">Degrees, -90 to 90.</param>
/// <param name="Longitude">Degrees, -180 to 180.</param>
internal sealed record LocationInput(double? Latitude, double? Longitude, string? Name = null, string? Address = null, string? Url = null)
{
    private const int MaxLength = 1000;

    public Composition Compose(PhoneMessage? quoted)
    {
        if (Latitude is not (>= -90 and <= 90) || Longitude is not (>= -180 and <= 180))
        {
            return new Composition.Refused("location.latitude must be a number from -90 to 90, location.longitude one from -180 to 180.");
        }

        if (Name is null && (Address is not null || Url is not null))
        {
            return new Composition.Refused("location.address and location.url belong to a place with a location.name; a pin has neither.");
        }

        if (new[] { Name, Address, Url }.Any(text => text is { Length: 0 or > MaxLength }))
        {
            return new Composition.Refused($"location.name, location.address and location.url must have 1 to {MaxLength} characters.");
        }

        JsonObject part = new() { ["latitude"] = Latitude, ["longitude"] = Longitude };
        foreach ((string name, string? value) in new[] { ("name", Name), ("address", Address), ("url", Url) })
        {
            if (value is not null)
            {
                part[name] = value;
            }
        }

        string point = string.Create(CultureInfo.InvariantCulture, $"{Latitude}, {Longitude}");
        return new Composition.Composed("location", Name ?? point, part, quoted)
        {
            Details = [new MessageDetail("place", Name ?? "Location", [.. new[] { Address, point }.OfType<string>()])],
        };
    }
}
