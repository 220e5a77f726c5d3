using System.Security.Cryptography;
using System.Text.Json;
using Munshi.Audit;
using Munshi.Database;
using Munshi.Keyring;
using Munshi.Workspaces;
using Npgsql;

namespace Munshi.Knowledge;

/// <summary>Changes entries by hand. A revision is never altered: a change and a retirement each add one.</summary>
internal sealed class KnowledgeEditor(WorkspaceDatabase database, WorkspaceKeys keys, TimeProvider clock)
{
    /// <summary>Stands for the id of a new entry while the rest is checked.</summary>
    private const string NotYet = "new";

    /// <summary>The part of a new id that is made from the question.</summary>
    private const int MaxWordsLength = 32;

    private static readonly string Revise = Sql.Read("Knowledge/revise_entry.sql");

    /// <summary>The entries in the order of their ids.</summary>
    public async Task<IReadOnlyList<EditableEntry>> ListAsync(Guid clientId, CancellationToken cancellationToken)
    {
        IReadOnlyList<(Guid RowId, byte[] Sealed, int Revision, DateTimeOffset At)> rows = await database.RowsAsync(
            clientId,
            new Statement(KnowledgeBase.CurrentEntries).Uuid(clientId),
            reader => (reader.GetGuid(0), reader.GetFieldValue<byte[]>(1), reader.GetInt32(2), reader.GetFieldValue<DateTimeOffset>(3)),
            cancellationToken);
        List<EditableEntry> entries = [];
        foreach ((Guid rowId, byte[] sealedEntry, int revision, DateTimeOffset at) in rows)
        {
            string json = await keys.OpenAsync(new SealContext(clientId, rowId, KnowledgeBase.EntryColumn), sealedEntry, cancellationToken);
            entries.Add(new EditableEntry(JsonSerializer.Deserialize<FaqEntry>(json)!, revision, at));
        }

        return entries;
    }

    /// <summary>Null when the workspace has no such entry now.</summary>
    public async Task<EditableEntry?> FindAsync(Guid clientId, string id, CancellationToken cancellationToken) =>
        (await ListAsync(clientId, cancellationToken)).FirstOrDefault(known => known.Entry.Id == id);

    /// <param name="clientId">The workspace.</param>
    /// <param name="record">What was written; without an id it is a new entry.</param>
    /// <param name="from">The revision it was made from; 0 for a new entry.</param>
    /// <param name="actor">Who writes.</param>
    /// <param name="cancellationToken">Honoured until the commit.</param>
    public async Task<EditOutcome> SaveAsync(Guid clientId, FaqRecord record, int from, Actor actor, CancellationToken cancellationToken)
    {
        FaqProblems problems = new();
        if (FaqCheck.Entry(record with { Id = record.Id ?? NotYet }, problems) is not { } checkedEntry)
        {
            return new EditOutcome.Refused(problems.Refuse().Problems);
        }

        FaqEntry entry = record.Id is null ? checkedEntry with { Id = NewId(checkedEntry.Question) } : checkedEntry;
        Guid rowId = Guid.CreateVersion7(clock.GetUtcNow());
        byte[] content = await keys.SealAsync(new SealContext(clientId, rowId, KnowledgeBase.EntryColumn), JsonSerializer.Serialize(entry), cancellationToken);
        return await ReviseAsync(clientId, entry.Id, rowId, content, from, "knowledge.revised", actor, cancellationToken);
    }

    /// <summary>Takes an entry out of use; its revisions stay.</summary>
    public Task<EditOutcome> RetireAsync(Guid clientId, string id, int from, Actor actor, CancellationToken cancellationToken) =>
        from < 1
            ? Task.FromResult<EditOutcome>(new EditOutcome.Stale())
            : ReviseAsync(clientId, id, Guid.CreateVersion7(clock.GetUtcNow()), null, from, "knowledge.retired", actor, cancellationToken);

    private async Task<EditOutcome> ReviseAsync(
        Guid clientId, string id, Guid rowId, byte[]? content, int from, string action, Actor actor, CancellationToken cancellationToken)
    {
        DateTimeOffset now = clock.GetUtcNow();
        try
        {
            return await database.TransactAsync<EditOutcome>(clientId, async transaction =>
            {
                int added = await transaction.ExecuteAsync(new Statement(Revise)
                    .Uuid(clientId).Text(id).Uuid(rowId).Flag(content is null).Bytes(content).Time(now).Int(from));
                if (added == 0)
                {
                    return new EditOutcome.Stale();
                }

                AuditTrail.Record(transaction, new AuditEvent(actor, action, "knowledge-entry", rowId, now));
                return new EditOutcome.Saved(id);
            }, cancellationToken);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return new EditOutcome.Stale();
        }
    }

    /// <summary>The question's Latin words for the eye, and chance for being the only one.</summary>
    private static string NewId(string question)
    {
        string words = WorkspaceHandle.From(question);
        return $"{words[..Math.Min(words.Length, MaxWordsLength)].TrimEnd('-')}-{RandomNumberGenerator.GetHexString(6, lowercase: true)}";
    }
}
