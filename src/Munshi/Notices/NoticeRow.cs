namespace Munshi.Notices;

/// <summary>A notice for the page.</summary>
public sealed record NoticeRow
{
    public required Guid Id { get; init; }

    public required NoticeSeverity Severity { get; init; }

    public required string Kind { get; init; }

    public required IReadOnlyList<string> Parameters { get; init; }

    public required DateTimeOffset RaisedAt { get; init; }

    /// <summary>When it was last raised again.</summary>
    public required DateTimeOffset LastAt { get; init; }

    /// <summary>How often it was raised again.</summary>
    public required int Repeats { get; init; }

    public required IReadOnlyList<MailRow> Mails { get; init; }
}
