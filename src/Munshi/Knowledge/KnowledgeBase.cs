using System.Collections.Concurrent;
using System.Text.Json;
using Munshi.Audit;
using Munshi.Database;
using Munshi.Keyring;
using Munshi.Workspaces;

namespace Munshi.Knowledge;

/// <summary>A workspace's FAQ in the database: every change of an entry is a new revision; the index is built once per state.</summary>
internal sealed class KnowledgeBase(WorkspaceDatabase database, WorkspaceKeys keys, TimeProvider clock)
{
    internal const string EntryColumn = "knowledge.entry.entry_sealed";

    /// <summary>The newest revision of each entry that is in use, in the order of their ids; $1 uuid is the workspace.</summary>
    internal const string CurrentEntries =
        """
        SELECT row_id, entry_sealed, revision, created_at FROM (
            SELECT DISTINCT ON (entry_id) entry_id, row_id, revision, retired, entry_sealed, created_at
            FROM knowledge.entry WHERE client_id = $1 ORDER BY entry_id, revision DESC
        ) newest
        WHERE NOT retired
        ORDER BY entry_id
        """;

    private const string Insert =
        """
        INSERT INTO knowledge.entry (client_id, entry_id, revision, row_id, retired, entry_sealed, created_at)
        SELECT $1, $2, coalesce(max(revision), 0) + 1, $3, $4, $5, $6 FROM knowledge.entry WHERE client_id = $1 AND entry_id = $2
        """;


    private readonly ConcurrentDictionary<Guid, KnowledgeState> _cache = [];

    /// <summary>Adds new entries and new revisions of changed ones, all or none. Returns how many changed.</summary>
    public async Task<int> ImportAsync(Guid clientId, IReadOnlyList<FaqEntry> entries, Actor actor, CancellationToken cancellationToken)
    {
        Dictionary<string, string> known = (await database.TransactAsync(clientId, ReadAsync, cancellationToken)).ToDictionary(entry => entry.Id, Json);
        List<Statement> statements = [];
        DateTimeOffset now = clock.GetUtcNow();
        foreach (FaqEntry entry in entries.Where(entry => !known.TryGetValue(entry.Id, out string? json) || json != Json(entry)))
        {
            Guid rowId = Guid.CreateVersion7(now);
            byte[] sealedEntry = await keys.SealAsync(new SealContext(clientId, rowId, EntryColumn), Json(entry), cancellationToken);
            statements.Add(new Statement(Insert).Uuid(clientId).Text(entry.Id).Uuid(rowId).Flag(false).Bytes(sealedEntry).Time(now));
            statements.Add(AuditTrail.Statement(clientId, new AuditEvent(actor, "knowledge.revised", "knowledge-entry", rowId, now)));
        }

        if (statements.Count > 0)
        {
            await database.ExecuteAsync(clientId, statements, cancellationToken);
        }

        return statements.Count / 2;
    }

    /// <summary>The entries and their index as they stand now.</summary>
    public Task<KnowledgeState> CurrentAsync(Guid clientId, CancellationToken cancellationToken) =>
        database.TransactAsync(clientId, CurrentAsync, cancellationToken);

    /// <summary>The entries and their index as the transaction sees them.</summary>
    public async Task<KnowledgeState> CurrentAsync(WorkspaceTransaction transaction)
    {
        Guid clientId = transaction.ClientId;
        long revisions = await transaction.RowAsync(
            new Statement("SELECT count(*) FROM knowledge.entry WHERE client_id = $1").Uuid(clientId), reader => reader.GetInt64(0));
        if (_cache.TryGetValue(clientId, out KnowledgeState? cached) && cached.Revisions == revisions)
        {
            return cached;
        }

        IReadOnlyList<FaqEntry> entries = await ReadAsync(transaction);
        return _cache[clientId] = new KnowledgeState(revisions, entries.ToDictionary(entry => entry.Id), new FaqIndex(entries));
    }

    private async Task<IReadOnlyList<FaqEntry>> ReadAsync(WorkspaceTransaction transaction)
    {
        Guid clientId = transaction.ClientId;
        IReadOnlyList<(Guid RowId, byte[] Sealed)> rows = await transaction.RowsAsync(
            new Statement(CurrentEntries).Uuid(clientId), reader => (reader.GetGuid(0), reader.GetFieldValue<byte[]>(1)));
        List<FaqEntry> entries = [];
        foreach ((Guid rowId, byte[] sealedEntry) in rows)
        {
            string json = await keys.OpenAsync(new SealContext(clientId, rowId, EntryColumn), sealedEntry, transaction.CancellationToken);
            entries.Add(JsonSerializer.Deserialize<FaqEntry>(json)!);
        }

        return entries;
    }

    private static string Json(FaqEntry entry) => JsonSerializer.Serialize(entry);
}

/// <param name="Revisions">How many revisions there are in all; grows with each change.</param>
/// <param name="Entries">The current entries by id.</param>
/// <param name="Index">Built from them.</param>
internal sealed record KnowledgeState(long Revisions, IReadOnlyDictionary<string, FaqEntry> Entries, FaqIndex Index)
{
    /// <summary>Nothing is known.</summary>
    public static KnowledgeState Empty { get; } = new(0, new Dictionary<string, FaqEntry>(), new FaqIndex([]));
}
