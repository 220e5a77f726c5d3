namespace Munshi.Notices;

/// <summary>The mail of one notice to one recipient, as it stands.</summary>
internal sealed record Delivery
{
    public required Guid Id { get; init; }

    public required Guid PersonId { get; init; }

    public required MailState State { get; init; }

    /// <summary>How often it was handed to the server.</summary>
    public required int Attempts { get; init; }

    /// <summary>How often the server fell silent.</summary>
    public required int Unanswered { get; init; }

    public required NoticeSeverity Severity { get; init; }

    public required string Kind { get; init; }

    public required IReadOnlyList<string> Parameters { get; init; }

    public required DateTimeOffset RaisedAt { get; init; }
}
