namespace Munshi.Audit;

/// <summary>A capability's immutable rows, as the ledger's verifier checks them: every row has exactly one leaf, every such leaf its row.</summary>
/// <remarks>Implemented once a table; rows are read as <c>munshi_reader</c>.</remarks>
internal interface IEvidenceSource
{
    /// <summary>The object kind in the leaves, for example <c>message</c>.</summary>
    string ObjectKind { get; }

    /// <summary>The actions that bring such a row into being, for example <c>message.received</c>.</summary>
    IReadOnlySet<string> BirthActions { get; }

    /// <summary>The workspace's rows in any order, streamed.</summary>
    IAsyncEnumerable<Evidence> ReadAsync(Guid clientId, CancellationToken cancellationToken);

    /// <summary>Those of the workspace's rows that have one of these ids, in any order.</summary>
    IAsyncEnumerable<Evidence> ReadAsync(Guid clientId, Guid[] ids, CancellationToken cancellationToken);
}
