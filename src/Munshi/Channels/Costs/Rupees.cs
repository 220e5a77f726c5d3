using System.Globalization;
using System.Text.RegularExpressions;

namespace Munshi.Channels.Costs;

/// <summary>Writes and reads amounts of millionths of a rupee. Pure.</summary>
public static partial class Rupees
{
    /// <summary>₹1 crore a month.</summary>
    public const long Highest = 10_000_000 * CostPrices.Rupee;

    private const long Paisa = CostPrices.Rupee / 100;

    private static readonly NumberFormatInfo Grouped = new()
    {
        NumberGroupSizes = [3, 2],
        NumberGroupSeparator = ",",
        NumberDecimalSeparator = ".",
    };

    /// <summary><c>₹1,23,456.50</c>, rounded to the paisa; what is less than half of one is shown as nothing.</summary>
    public static string Shown(long micros) => $"₹{Plain(micros)}";

    /// <summary><c>1,23,456.50</c>.</summary>
    public static string Plain(long micros) => decimal.Round((decimal)micros / CostPrices.Rupee, 2, MidpointRounding.AwayFromZero).ToString("N2", Grouped);

    /// <summary><c>0.1150</c>: a price with four digits, or more where it has more.</summary>
    public static string Exact(long micros) => ((decimal)micros / CostPrices.Rupee).ToString(micros % Paisa == 0 ? "0.00" : "0.0000##", CultureInfo.InvariantCulture);

    /// <summary>Reads rupees as people write them: digits with or without commas, at most six after the point, with or without the sign.</summary>
    /// <returns>Null for anything else and for what is more than <paramref name="highest"/>.</returns>
    public static long? Read(string written, long highest)
    {
        string digits = written.Trim().TrimStart('₹').Trim().Replace(",", "", StringComparison.Ordinal);
        return Amount().IsMatch(digits)
            && decimal.Parse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture) * CostPrices.Rupee is var micros
            && micros <= highest
                ? (long)micros
                : null;
    }

    [GeneratedRegex(@"\A[0-9]{1,9}(\.[0-9]{1,6})?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Amount();
}
