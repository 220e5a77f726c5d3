namespace Munshi.Notices;

/// <param name="Title">One line, in the recipient's language.</param>
/// <param name="Lines">One line each.</param>
internal sealed record DigestSection(string Title, IReadOnlyList<string> Lines);
