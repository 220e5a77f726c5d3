using System.Text;
using Munshi.Audit.Checkpoints;
using Munshi.Database;
using Munshi.Ledger;
using Munshi.Ledger.Notes;

namespace Munshi.Audit.Restoring;

/// <summary>
/// After a restore: puts back the leaves that were signed and are not in the database any more, from those kept outside it, so that the
/// same logs go on; says in each log which rows lost their contents.
/// </summary>
/// <remarks>
/// All that is put back is checked before the first of it is stored. Safe to repeat and to kill: rows, then ticks, then the leaves that tell of it. For a stopped server, or one
/// whose gate is closed.
/// </remarks>
internal sealed class RestoreCeremony(
    Databases databases, DataDirectory data, InstanceCheckpointFile file, LeafJournal journal, NewOrigin newOrigin, TimeProvider clock)
{
    private const int RowsAtOnce = 5000;
    private const string ReadTickCount = "SELECT coalesce(max(seq) + 1, 0) FROM ledger.tick";
    private const string InsertRestore = "INSERT INTO ledger.restore (client_id, id, first_seq, last_seq, at, note) VALUES ($1, $2, $3, $4, $5, $6)";

    private static readonly string Append = Sql.Read("Audit/append_entries.sql");

    /// <summary>Puts back what is missing, and makes all that waits to be done uncertain.</summary>
    /// <param name="leavesAreGone">Whether the ledger begins anew, under another name, where the kept leaves do not lead to what was signed.</param>
    /// <param name="cancellationToken">Honoured between statements.</param>
    /// <exception cref="SigningRefusedException">What is kept outside the database is not sound, or does not lead to the checkpoint that was signed last. Nothing was changed.</exception>
    public async Task<RestoreOutcome> RunAsync(bool leavesAreGone, CancellationToken cancellationToken)
    {
        using LedgerIdentity identity = LedgerIdentity.Load(data.Secrets);
        VerifierKey key = identity.VerifierKey;
        byte[] note = file.Read() ?? [];
        Checkpoint signed = Signed(key, note);
        long ticks = await databases.Audit.RowAsync(new Statement(ReadTickCount), reader => reader.GetInt64(0), cancellationToken);
        (int generation, string name) = await newOrigin.CurrentAsync(key, cancellationToken);
        bool isAnew = generation > LedgerIdentity.GenerationOf(key.Name, signed.Origin); // an attempt before was broken off when the database had the new name and nothing outside it
        RestorePlan? plan = isAnew || ticks >= signed.Size ? null : await PlanAsync(key, name, signed, note, ticks, leavesAreGone, cancellationToken);
        DateTimeOffset now = clock.GetMicrosecondNow();
        await UncertainPast.DeclareAsync(databases, now, cancellationToken); // before the gate can open
        if (plan is not null)
        {
            await StoreAsync(plan, identity, signed, now, cancellationToken);
        }
        else if (!isAnew && ticks < signed.Size)
        {
            await newOrigin.BeginAsync(key, signed, ticks, cancellationToken);
            isAnew = true;
        }

        string? anew = isAnew ? await PublishNameAsync(key, cancellationToken) : null;
        await newOrigin.TellAsync(cancellationToken);
        return new RestoreOutcome(await new RestoreLeaves(databases, clock).TellAsync(key, cancellationToken), anew);
    }

    private async Task<string> PublishNameAsync(VerifierKey key, CancellationToken cancellationToken)
    {
        (int generation, string name) = await newOrigin.CurrentAsync(key, cancellationToken);
        await newOrigin.PublishAsync(generation, cancellationToken);
        return name;
    }

    /// <returns>Null where the ledger is to begin anew.</returns>
    private async Task<RestorePlan?> PlanAsync(
        VerifierKey key, string name, Checkpoint signed, byte[] note, long ticks, bool leavesAreGone, CancellationToken cancellationToken)
    {
        try
        {
            return await new RestorePlanner(databases, data, journal, clock).PlanAsync(key, name, signed, note, ticks, cancellationToken);
        }
        catch (SigningRefusedException) when (leavesAreGone)
        {
            return null;
        }
    }

    private static Checkpoint Signed(VerifierKey key, byte[] bytes) =>
        SignedNote.Parse(bytes) is SignedNoteParse.Parsed { Note: { } note }
        && Checkpoint.Parse(note.Text.Span) is CheckpointParse.Parsed { Checkpoint: { } checkpoint }
        && LedgerIdentity.GenerationOf(key.Name, checkpoint.Origin) is not null
        && note.Verify([LedgerIdentity.KeyOf(key, checkpoint.Origin)]) is NoteVerification.Verified
            ? checkpoint
            : throw new SigningRefusedException("checkpoints/instance.checkpoint is missing, or no checkpoint of this installation: restore it from a copy first");

    /// <remarks>An event that is lost has a number below zero: no event ever had one. One that the backup has, without its row, keeps its own.</remarks>
    private async Task StoreAsync(RestorePlan plan, LedgerIdentity identity, Checkpoint signed, DateTimeOffset now, CancellationToken cancellationToken)
    {
        long next = await LostEvents.NextAsync(databases.Audit, cancellationToken);
        foreach (LogToRestore log in plan.Logs)
        {
            long seq = log.First;
            WaitingEvents waiting = await WaitingEvents.ReadAsync(databases.Audit, log.Log, cancellationToken);
            foreach ((byte[] Leaf, Digest Hash)[] part in log.Leaves.Chunk(RowsAtOnce))
            {
                Statement rows = new Statement(Append)
                    .Uuids([.. part.Select(_ => log.Log)])
                    .Longs([.. part.Select((_, i) => seq + i)])
                    .Longs([.. part.Select((one, i) => waiting.Take(one.Leaf) ?? next - i)])
                    .Texts([.. part.Select(one => Encoding.ASCII.GetString(one.Leaf))])
                    .BytesArray([.. part.Select(one => one.Hash.ToArray())]);
                RestoreRecord record = new(new RestoredRange(log.Log, Guid.NewGuid(), seq, seq + part.Length - 1), part[^1].Hash, log.Covered, now, signed);
                Statement recorded = new Statement(InsertRestore)
                    .Uuid(log.Log).Uuid(record.Range.Id).Long(record.Range.First).Long(record.Range.Last).Time(now)
                    .Text(identity.Attest(signed.Origin, record.Encode()).ToString());
                await databases.Audit.ExecuteAsync([recorded, rows], CancellationToken.None);
                (seq, next) = (seq + part.Length, next - part.Length);
            }
        }

        await databases.Audit.ExecuteAsync(plan.Ticks, CancellationToken.None);
    }
}
