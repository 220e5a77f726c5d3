using System.Globalization;
using System.Text;
using Munshi.Ledger;
using Munshi.Ledger.Heads;

namespace Munshi.Verifier;

/// <summary>What opens a tick's commitment to one log's head. Byte for byte in <c>docs/data-format.md</c>.</summary>
/// <param name="Place">The head's place among the tick's, from 0.</param>
/// <param name="Salt">32 bytes.</param>
/// <param name="Path">From the place's sibling on, at most 32 hashes.</param>
internal sealed record HeadOpening(int Place, byte[] Salt, Digest[] Path)
{
    private const int MostHashes = 32;

    /// <summary>The opening, or null where the bytes are not exactly one's encoding.</summary>
    public static HeadOpening? Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.ContainsAnyExceptInRange((byte)'\n', (byte)'~'))
        {
            return null;
        }

        string[] lines = Encoding.ASCII.GetString(bytes).Split('\n');
        if (lines is not ["munshi-opening/1", ['p', 'l', 'a', 'c', 'e', ' ', .. var place], ['s', 'a', 'l', 't', ' ', .. var salt], .. var path, ""]
            || path.Length > MostHashes
            || !int.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            || number.ToString(CultureInfo.InvariantCulture) != place
            || !Digest.TryParse(Encoding.ASCII.GetBytes(salt), out Digest salted))
        {
            return null;
        }

        Digest[] hashes = new Digest[path.Length];
        for (int i = 0; i < path.Length; i++)
        {
            if (!path[i].StartsWith("path ", StringComparison.Ordinal) || !Digest.TryParse(Encoding.ASCII.GetBytes(path[i]["path ".Length..]), out hashes[i]))
            {
                return null;
            }
        }

        byte[] saltBytes = salted.ToArray();
        return saltBytes.Length == CommittedHead.SaltLength ? new HeadOpening(number, saltBytes, hashes) : null;
    }
}
