using Munshi.Audit.Proving;

namespace Munshi.Api;

/// <summary>The head that a tick committed to, with its salt and its way to the tick's heads. Hashes are in base64.</summary>
/// <param name="Origin">The log's name.</param>
/// <param name="Size">The log's number of entries at the tick.</param>
/// <param name="Root">The log's root there.</param>
/// <param name="Place">The commitment's place among the tick's heads.</param>
/// <param name="Salt">The commitment's salt.</param>
/// <param name="Path">From the commitment to the tick's heads.</param>
internal sealed record OpeningAnswer(string Origin, long Size, string Root, int Place, string Salt, IReadOnlyList<string> Path)
{
    public static OpeningAnswer Of(HeadOpening opening) => new(
        opening.Origin, opening.Size, Base64(opening.Root), opening.Place, Base64(opening.Salt), [.. opening.Path.Select(Base64)]);

    private static string Base64(string hexadecimal) => Convert.ToBase64String(Convert.FromHexString(hexadecimal));
}
