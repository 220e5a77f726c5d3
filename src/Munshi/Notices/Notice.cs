using System.Text.RegularExpressions;

namespace Munshi.Notices;

/// <summary>Something people must know. Its words are <c>Notice.Subject.{kind}</c> and <c>Notice.Body.{kind}</c> of the text resources.</summary>
internal sealed partial record Notice
{
    /// <summary>What a notice of the same kind and subject is folded into, unless told otherwise: one raised less than an hour ago.</summary>
    public static readonly TimeSpan UsualFold = TimeSpan.FromHours(1);

    private readonly string _kind = "";
    private readonly string _dedupKey = "";
    private readonly IReadOnlyList<string> _parameters = [];

    public required NoticeSeverity Severity { get; init; }

    /// <summary>Lower case letters and hyphens, 1 to 48.</summary>
    /// <exception cref="ArgumentException">It is anything else.</exception>
    public required string Kind
    {
        get => _kind;
        init => _kind = KindPattern().IsMatch(value) ? value : throw new ArgumentException("Not a kind of notice.", nameof(value));
    }

    /// <summary>What it is about; the workspace's id where it is about nothing smaller.</summary>
    public required Guid Subject { get; init; }

    /// <summary>Which occurrence: the same kind, subject and key is never mailed twice. 1 to 200 letters, digits, spaces and <c>.:,/_+=-</c>.</summary>
    /// <exception cref="ArgumentException">It is anything else.</exception>
    public required string DedupKey
    {
        get => _dedupKey;
        init => _dedupKey = KeyPattern().IsMatch(value) ? value : throw new ArgumentException("Not a key of a notice.", nameof(value));
    }

    /// <summary><c>{0}</c>, <c>{1}</c>, … of the text: ids, numbers, hashes and dates, never personal data. As <see cref="DedupKey"/>, each may be empty.</summary>
    /// <exception cref="ArgumentException">One holds anything else, an e-mail address or a line break for example.</exception>
    public IReadOnlyList<string> Parameters
    {
        get => _parameters;
        init => _parameters = value.All(text => text.Length == 0 || KeyPattern().IsMatch(text))
            ? value
            : throw new ArgumentException("A parameter of a notice holds ids, numbers, hashes and dates only.", nameof(value));
    }

    /// <summary>For this member only, whatever severities they chose; null for all owners.</summary>
    public Guid? Person { get; init; }

    /// <summary>An open notice of the same kind and subject that is younger than this takes this one in. Default <see cref="UsualFold"/>.</summary>
    public TimeSpan FoldWithin { get; init; } = UsualFold;

    [GeneratedRegex(@"\A[a-z][a-z-]{0,47}\z", RegexOptions.CultureInvariant)]
    private static partial Regex KindPattern();

    [GeneratedRegex(@"\A[A-Za-z0-9 .:,/_+=-]{1,200}\z", RegexOptions.CultureInvariant)]
    private static partial Regex KeyPattern();
}
