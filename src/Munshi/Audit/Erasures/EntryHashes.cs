using Munshi.Database;
using Munshi.Ledger;

namespace Munshi.Audit.Erasures;

/// <summary>The row hashes of single entries, as they stand.</summary>
internal static class EntryHashes
{
    private const string Read = "SELECT seq, row_hash FROM ledger.entry WHERE client_id = $1 AND seq = ANY ($2)";

    /// <summary>By entry; one that is not there, or has no hash, is left out.</summary>
    public static async Task<IReadOnlyDictionary<long, Digest>> ReadAsync(InstallationDatabase database, Guid log, IEnumerable<long> entries, CancellationToken cancellationToken)
    {
        Dictionary<long, Digest> hashes = [];
        Statement statement = new Statement(Read).Uuid(log).Longs([.. entries.Distinct()]);
        await foreach ((long seq, byte[]? hash) in database.StreamAsync(statement, reader => (reader.GetInt64(0), reader.OrNull<byte[]>(1)), cancellationToken))
        {
            if (hash is { Length: Digest.Length })
            {
                hashes[seq] = new Digest(hash);
            }
        }

        return hashes;
    }
}
