using System.Globalization;
using System.Text;
using Munshi.Ledger;

namespace Munshi.Verifier;

/// <summary>That the instance log goes on under another name, because leaves signed under the one before are lost: <c>munshi-origin/1</c> in <c>docs/data-format.md</c>.</summary>
/// <param name="Seq">The entry that tells of it.</param>
/// <param name="Time">When it was told.</param>
/// <param name="Origin">The name from then on.</param>
/// <param name="Before">The name before.</param>
/// <param name="Size">Of the last checkpoint that was signed under it.</param>
internal sealed record NewName(long Seq, DateTimeOffset Time, string Origin, string Before, long Size)
{
    private static readonly string[] Lines = ["munshi-origin/1", "origin ", "seq ", "time ", "before ", "size ", "root ", "previous ", ""];

    /// <summary>Whether bytes are an origin leaf in canonical form.</summary>
    public static bool IsOf(byte[] leaf)
    {
        string[] lines = Encoding.ASCII.GetString(leaf).Split('\n');
        return Ascii.IsValid(leaf)
            && lines.Length == Lines.Length
            && lines.Zip(Lines).All(pair => pair.First.StartsWith(pair.Second, StringComparison.Ordinal))
            && lines[0] == Lines[0] && lines[^1].Length == 0
            && IsName(Value(1)) && IsName(Value(4))
            && CanonicalDecimal.TryParse(Bytes(2), out long _) && CanonicalDecimal.TryParse(Bytes(5), out long _)
            && LedgerTime.TryParse(Bytes(3), out _)
            && Digest.TryParse(Bytes(6), out _) && Digest.TryParse(Bytes(7), out _);

        string Value(int line) => lines[line][Lines[line].Length..];
        byte[] Bytes(int line) => Encoding.ASCII.GetBytes(Value(line));
    }

    /// <param name="leaf">In canonical form.</param>
    /// <param name="seq">The entry that tells of it.</param>
    /// <param name="time">The entry's.</param>
    public static NewName Read(byte[] leaf, long seq, DateTimeOffset time)
    {
        string[] values = [.. Encoding.ASCII.GetString(leaf).Split('\n').Select(line => line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..])];
        return new NewName(seq, time, values[1], values[4], long.Parse(values[5], CultureInfo.InvariantCulture));
    }

    private static bool IsName(string value) => value.Length > 0 && value.All(character => character is > ' ' and <= '~');
}
