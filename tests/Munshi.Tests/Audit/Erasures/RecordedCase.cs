using Munshi.Audit.Checkpoints;
using Munshi.Database;
using Munshi.Ledger;
using Munshi.Ledger.Erasures;
using Munshi.Tests.Postgres;

namespace Munshi.Tests.Audit.Erasures;

/// <summary>What an erasure under a case leaves, made of the ledger's own parts and the installation's key.</summary>
internal sealed class RecordedCase(TestDatabase database, DataDirectory data, Guid log)
{
    public Guid Id { get; init; } = Guid.NewGuid();

    public string Target => $"{ErasureRecord.ObjectKind}:{Id}";

    /// <summary>Signed under the instance log's name.</summary>
    public ErasureRecord Of(params EntryRange[] entries)
    {
        using LedgerIdentity identity = LedgerIdentity.Load(data.Secrets);
        return new ErasureRecord(identity.Origin, log, Id, [Guid.NewGuid()], entries);
    }

    public string Sign(ErasureRecord record)
    {
        using LedgerIdentity identity = LedgerIdentity.Load(data.Secrets);
        return identity.Attest(record.Origin, record.Encode()).ToString();
    }

    /// <summary>The row, as only the owner of the table can write it.</summary>
    public Task StoreAsync(string note) => database.AsSuperuserAsync($"INSERT INTO ledger.erasure (client_id, id, note, at) VALUES ('{log}', '{Id}', '{note}', now())");

    /// <summary>The event; a sequencer chains it.</summary>
    public Task TellAsync(Digest? commitment) => database.AsSuperuserAsync(
        $"""
        INSERT INTO audit.event (client_id, at, actor, action, object, commitment)
        VALUES ('{log}', now() - interval '2 minutes', 'program:eraser', '{ErasureRecord.Action}', '{Target}', {(commitment is { } digest ? $"'\\x{digest}'" : "NULL")})
        """);

    /// <summary>Entries in any order as the record has them.</summary>
    public static EntryRange[] Ranges(IEnumerable<long> entries)
    {
        List<EntryRange> ranges = [];
        foreach (long seq in entries.Distinct().Order())
        {
            if (ranges.Count > 0 && ranges[^1].Last == seq - 1)
            {
                ranges[^1] = ranges[^1] with { Last = seq };
            }
            else
            {
                ranges.Add(new EntryRange(seq, seq));
            }
        }

        return [.. ranges];
    }

    /// <summary>Row and event.</summary>
    public async Task RecordAsync(params EntryRange[] entries)
    {
        ErasureRecord record = Of(entries);
        await StoreAsync(Sign(record));
        await TellAsync(record.Commit());
    }
}
