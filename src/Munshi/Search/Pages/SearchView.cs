using Munshi.Vault.Labels;
using Munshi.Vault.Pages;

namespace Munshi.Search.Pages;

/// <summary>What the search page shows.</summary>
public sealed record SearchView
{
    /// <summary>As it was typed; cut where it is too long.</summary>
    public required string Typed { get; init; }

    public required SearchFilter Filter { get; init; }

    /// <summary>More letters or words than are searched for.</summary>
    public bool IsTooLong { get; init; }

    /// <summary>Nothing of what was typed is a word.</summary>
    public bool IsWordless { get; init; }

    /// <summary>Conversations of people called so.</summary>
    public IReadOnlyList<FoundConversation> People { get; init; } = [];

    public IReadOnlyList<SearchHit> Hits { get; init; } = [];

    /// <summary>Where more go on; null at the end.</summary>
    public string? More { get; init; }

    /// <summary>Whether there is more that was not looked through.</summary>
    public bool IsCut { get; init; }

    /// <summary>Our numbers with what they are shown as, where there are several.</summary>
    public IReadOnlyList<(Guid Id, string Number)> Numbers { get; init; } = [];

    /// <summary>The workspace's labels, by name.</summary>
    public IReadOnlyList<Label> Labels { get; init; } = [];

    /// <summary>Whom the filter names.</summary>
    public string? PersonName { get; init; }

    /// <summary>How many of the newest messages are searched so far; null when all are.</summary>
    public long? Searchable { get; init; }

    /// <summary>How many there are about.</summary>
    public long About { get; init; }
}
