using Munshi.Audit.Checkpoints;
using Munshi.Database;
using Munshi.Ledger.Notes;
using Npgsql;

namespace Munshi.Audit.Restoring;

/// <summary>A recorded restore as it stands in the database now, whatever was done to it, with what tells whether it ever was.</summary>
/// <param name="Range">Its rows.</param>
/// <param name="At">When it was, as stored.</param>
/// <param name="Note">What the ceremony signed.</param>
/// <param name="HasWorkspace">Whether the workspace is there.</param>
/// <param name="IsPastUncertain">Whether all that waited then was declared uncertain.</param>
/// <param name="LastHash">The last row's hash.</param>
/// <param name="NextTick">The tick of the log's first checkpoint that covers one of the rows.</param>
internal sealed record StoredRestore(RestoredRange Range, DateTimeOffset At, string? Note, bool HasWorkspace, bool IsPastUncertain, byte[]? LastHash, long? NextTick)
{
    private static readonly string ReadRestores = Sql.Read("Audit/Restoring/read_restores.sql");

    /// <summary>Reads those of a log that the ceremony made, as far as anything tells, and names the others: they excuse nothing.</summary>
    public static async Task<IReadOnlyList<StoredRestore>> ReadMadeAsync(
        InstallationDatabase database, Guid log, InstanceCheck instance, LedgerFindings findings, CancellationToken cancellationToken)
    {
        List<StoredRestore> made = [];
        foreach (StoredRestore stored in await database.RowsAsync(new Statement(ReadRestores).Uuid(log), Read, cancellationToken))
        {
            if (stored.Fault(instance) is { } fault)
            {
                findings.Add(stored.Range.First, FindingKind.Restore, $"a restore that was made, as {stored.Range.Target} says", fault);
            }
            else
            {
                made.Add(stored);
            }
        }

        return made;
    }

    /// <summary>Why it is none that the ceremony made; null where all that is known of it is as the ceremony leaves it.</summary>
    /// <remarks>
    /// In a database that was put back, no checkpoint stands that was signed before the restore and covers a row that was missing. Who has the signing key as well
    /// can make even this so.
    /// </remarks>
    private string? Fault(InstanceCheck instance)
    {
        if (instance.Key is not { } key)
        {
            return "no key to check it with";
        }

        if (RestoreNote.Open(Note, key) is not { } record)
        {
            return "no signature of the installation's key";
        }

        if (record.Range != Range || record.At != At)
        {
            return "a signature over another restore";
        }

        Checkpoint signed = record.Signed;
        if (instance.OriginAt(signed.Size - 1) != signed.Origin || instance.RootAt(signed.Size) != signed.Root)
        {
            return $"a past of {signed.Size} ticks that was not signed";
        }

        if (!StoredEvent.Same(record.Hash, LastHash))
        {
            return $"another row {Range.Last} than was put back";
        }

        if (NextTick < signed.Size)
        {
            return $"a checkpoint of tick {NextTick} over these rows, signed before them";
        }

        return HasWorkspace && !IsPastUncertain ? "no word that what waited then is uncertain" : null;
    }

    private static StoredRestore Read(NpgsqlDataReader reader) => new(
        new RestoredRange(reader.GetGuid(0), reader.GetGuid(1), reader.GetInt64(2), reader.GetInt64(3)),
        reader.GetFieldValue<DateTimeOffset>(4),
        reader.OrNull<string>(5),
        reader.GetBoolean(6),
        reader.GetBoolean(7),
        reader.OrNull<byte[]>(8),
        reader.ValueOrNull<long>(9));
}
