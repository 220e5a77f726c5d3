using Munshi.Search.Index;
using Munshi.Vault.Searching;

namespace Munshi.Search.Finding;

/// <summary>What a search came to.</summary>
internal sealed record Findings
{
    /// <summary>How far the index has come; null while there is none.</summary>
    public IndexMark? Mark { get; init; }

    public IReadOnlyList<FoundMessage> Messages { get; init; } = [];

    /// <summary>Conversations of people called so, the newest first.</summary>
    public IReadOnlyList<Guid> People { get; init; } = [];

    /// <summary>The conversations of messages and people, with what their contacts are called by.</summary>
    public IReadOnlyDictionary<Guid, SearchedConversation> Conversations { get; init; } = new Dictionary<Guid, SearchedConversation>();

    /// <summary>In the order of time: where older ones go on.</summary>
    public long? Before { get; init; }

    /// <summary>In the order of relevance: how many were shown.</summary>
    public int? Skip { get; init; }

    /// <summary>Whether the search stopped after <see cref="MessageSearch.MostLooked"/> candidates.</summary>
    public bool IsCut { get; init; }
}
