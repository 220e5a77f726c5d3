using System.Globalization;

namespace Munshi.Api;

/// <summary>Numbers as callers write them: decimal digits and nothing else.</summary>
internal static class ApiNumber
{
    /// <summary>What the number of an entry may be.</summary>
    public const string Entry = "the number of an entry, a whole number from 0 to 9223372036854775807";

    public static long? Read(string? text, long least, long most) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long value) && value >= least && value <= most ? value : null;

    public static string Write(long value) => value.ToString(CultureInfo.InvariantCulture);
}
