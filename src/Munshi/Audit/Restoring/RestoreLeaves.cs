using System.Text;
using Munshi.Database;
using Munshi.Ledger;
using Munshi.Ledger.Notes;

namespace Munshi.Audit.Restoring;

/// <summary>The leaf that says in a log which of its rows were put back.</summary>
internal sealed class RestoreLeaves(Databases databases, TimeProvider clock)
{
    // Of a log that has no workspace: what follows the rows are leaves that tell of restores.
    private const string ReadIsTold = "SELECT EXISTS (SELECT FROM ledger.entry l WHERE l.client_id = $1 AND l.seq > $2 AND position($3 IN l.leaf) > 0)";
    private const string ReadHead = "SELECT l.seq, l.row_hash FROM ledger.entry l WHERE l.client_id = $1 ORDER BY l.seq DESC LIMIT 1";

    private static readonly string ReadUntold = Sql.Read("Audit/Restoring/read_untold.sql");
    private static readonly string Append = Sql.Read("Audit/append_entries.sql");

    /// <summary>Tells of every restore that the key signed and that no leaf tells of yet.</summary>
    /// <param name="key">The key under the first name.</param>
    /// <param name="cancellationToken">Honoured between restores.</param>
    public async Task<IReadOnlyList<ToldRestore>> TellAsync(VerifierKey key, CancellationToken cancellationToken)
    {
        IReadOnlySet<Guid> workspaces = await KnownWorkspaces.ReadAsync(databases, cancellationToken);
        List<ToldRestore> told = [];
        foreach ((string? note, Guid log) in await databases.Audit.RowsAsync(new Statement(ReadUntold), reader => (reader.OrNull<string>(0), reader.GetGuid(1)), cancellationToken))
        {
            if (RestoreNote.Open(note, key) is not { } record || record.Range.Log != log)
            {
                continue; // nobody's: verification names it
            }

            if (workspaces.Contains(log))
            {
                await TellWorkspaceAsync(record.Range, cancellationToken);
                told.Add(new ToldRestore(record.Range, record.Uncovered, IsWorkspaceLost: false));
            }
            else if (await TellWithoutWorkspaceAsync(record.Range, cancellationToken))
            {
                told.Add(new ToldRestore(record.Range, record.Uncovered, IsWorkspaceLost: true));
            }
        }

        return told;
    }

    private Task<bool> TellWorkspaceAsync(RestoredRange range, CancellationToken cancellationToken)
    {
        AuditEvent told = new(Actor.Operator, RestoredRange.Action, RestoredRange.ObjectKind, range.Id, clock.GetMicrosecondNow(), range.Commit(), null);
        return databases.App.TransactAsync(range.Log, transaction =>
        {
            AuditTrail.Record(transaction, told);
            return Task.FromResult(true);
        }, cancellationToken);
    }

    /// <summary>No event can be written for a workspace that is not there: the row itself is appended, with a number that no event ever had.</summary>
    /// <returns>Whether it was not there yet.</returns>
    private async Task<bool> TellWithoutWorkspaceAsync(RestoredRange range, CancellationToken cancellationToken)
    {
        Statement isTold = new Statement(ReadIsTold).Uuid(range.Log).Long(range.Last).Text($"\nobject {range.Target}\n");
        if (await databases.Audit.RowAsync(isTold, reader => reader.GetBoolean(0), cancellationToken))
        {
            return false;
        }

        (long seq, byte[] hash) = await databases.Audit.RowAsync(
            new Statement(ReadHead).Uuid(range.Log), reader => (reader.GetInt64(0), reader.GetFieldValue<byte[]>(1)), cancellationToken);
        long number = await LostEvents.NextAsync(databases.Audit, cancellationToken);
        byte[] leaf = new LedgerLeaf
        {
            Log = range.Log,
            Seq = seq + 1,
            Time = clock.GetMicrosecondNow(),
            Actor = Actor.Operator.Pseudonym,
            Action = RestoredRange.Action,
            Target = range.Target,
            Commitment = new Digest(range.Commit()),
            CiphertextHash = null,
            Previous = new Digest(hash),
        }.Encode();
        Statement appended = new Statement(Append)
            .Uuids([range.Log]).Longs([seq + 1]).Longs([number]).Texts([Encoding.ASCII.GetString(leaf)]).BytesArray([LedgerLeaf.RowHash(leaf).ToArray()]);
        await databases.Audit.ExecuteAsync([appended], CancellationToken.None);
        return true;
    }
}
