using Munshi.Vault.Pages;

namespace Munshi.Search.Pages;

/// <summary>A message found.</summary>
public sealed record SearchHit
{
    public required Guid MessageId { get; init; }

    public required Guid ContactId { get; init; }

    /// <summary>A name, or a number masked already.</summary>
    public required string DisplayName { get; init; }

    public required MessageAuthor Author { get; init; }

    /// <summary>A member of staff, where known.</summary>
    public string? AuthorName { get; init; }

    public required string Kind { get; init; }

    public required bool Outbound { get; init; }

    public required DateTimeOffset At { get; init; }

    public required IReadOnlyList<SnippetPart> Snippet { get; init; }

    public override string ToString() => $"{nameof(SearchHit)} {MessageId}";
}
