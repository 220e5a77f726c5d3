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

    /// <summary>Signed under the instance log's name; of an entry that is not there yet the hash is zeros.</summary>
    public async Task<ErasureRecord> OfAsync(params EntryRange[] entries)
    {
        string hash = await database.ScalarAsync<string>(
            $"SELECT coalesce(max(encode(row_hash, 'hex')), repeat('0', 64)) FROM ledger.entry WHERE client_id = '{log}' AND seq = {entries[^1].Last}");
        using LedgerIdentity identity = LedgerIdentity.Load(data.Secrets);
        return new ErasureRecord(identity.Origin, log, Id, [Guid.NewGuid()], entries, new Digest(Convert.FromHexString(hash)));
    }

    public string Sign(ErasureRecord record) => Sign(record.Encode());

    /// <summary>Any text, under the instance log's name.</summary>
    public string Sign(byte[] text)
    {
        using LedgerIdentity identity = LedgerIdentity.Load(data.Secrets);
        return identity.Attest(identity.Origin, text).ToString();
    }

    /// <summary>The row, as only the owner of the table can write it.</summary>
    public Task StoreAsync(string note) => database.AsSuperuserAsync($"INSERT INTO ledger.erasure (client_id, id, note, at) VALUES ('{log}', '{Id}', '{note}', now())");

    /// <summary>The event; a sequencer chains it.</summary>
    public Task TellAsync(Digest? commitment, Digest? ciphertext = null) => database.AsSuperuserAsync(
        $"""
        INSERT INTO audit.event (client_id, at, actor, action, object, commitment, ciphertext_hash)
        VALUES ('{log}', now() - interval '2 minutes', 'program:eraser', '{ErasureRecord.Action}', '{Target}', {Bytes(commitment)}, {Bytes(ciphertext)})
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
        ErasureRecord record = await OfAsync(entries);
        await StoreAsync(Sign(record));
        await TellAsync(record.Commit());
    }

    private static string Bytes(Digest? digest) => digest is { } present ? $"'\\x{present}'" : "NULL";
}
