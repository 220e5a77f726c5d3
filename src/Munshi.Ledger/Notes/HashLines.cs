using System.Text;

namespace Munshi.Ledger.Notes;

/// <summary>A Merkle proof as text: a hash a line, then an empty line.</summary>
internal static class HashLines
{
    /// <summary>A proof in a tree of up to 2^63 leaves has no more.</summary>
    public const int MaxCount = 63;

    /// <summary>Takes the lines and the empty line from <paramref name="rest"/>.</summary>
    /// <param name="rest">Bytes that begin with the first hash or with the empty line.</param>
    /// <param name="hashes">Gets what was read.</param>
    /// <returns>The first rule that a line breaks, or null.</returns>
    public static string? Take(ref ReadOnlySpan<byte> rest, List<Digest> hashes)
    {
        while (NoteText.TryTakeLine(ref rest, out ReadOnlySpan<byte> line))
        {
            if (line.IsEmpty)
            {
                return null;
            }

            if (hashes.Count == MaxCount)
            {
                return $"more than {MaxCount} hashes";
            }

            if (!Digest.TryParseBase64(line, out Digest hash))
            {
                return "a hash is not 32 bytes in canonical base64";
            }

            hashes.Add(hash);
        }

        return "no empty line before the note";
    }

    public static void Write(StringBuilder text, IEnumerable<Digest> hashes)
    {
        foreach (Digest hash in hashes)
        {
            text.Append(hash.ToBase64()).Append('\n');
        }

        text.Append('\n');
    }

    /// <exception cref="ArgumentException">There are more than <see cref="MaxCount"/>.</exception>
    public static IReadOnlyList<Digest> Require(IReadOnlyList<Digest> hashes, string parameter) =>
        hashes.Count <= MaxCount ? [.. hashes] : throw new ArgumentException($"A proof has at most {MaxCount} hashes.", parameter);
}
