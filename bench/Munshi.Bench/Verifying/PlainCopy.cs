using Munshi.Database;
using Npgsql;

namespace Munshi.Bench.Verifying;

/// <summary>The rows that verification reads, by binary COPY as the same role, read and dropped.</summary>
internal static class PlainCopy
{
    /// <summary>Of one workspace; each has its id for $.</summary>
    private static readonly string[] OfEntries =
    [
        "SELECT seq, event_id, leaf, row_hash FROM ledger.entry WHERE client_id = $",
        "SELECT id, at, actor, action, object, commitment, ciphertext_hash FROM audit.event WHERE client_id = $",
        "SELECT height, index, hashes FROM ledger.node WHERE client_id = $",
        "SELECT size, root, note, tick, place, salt, path, frontier FROM ledger.checkpoint WHERE client_id = $",
    ];

    private static readonly string[] OfRecords =
    [
        """
        SELECT id, conversation_id, identifier_id, direction, author, kind, source, turn, at, provider_at, received_at, key_id, refers_to, text_sealed, raw_sealed
        FROM vault.message WHERE client_id = $
        """,
        "SELECT message_id FROM vault.observation WHERE client_id = $",
    ];

    /// <summary>How many bytes came.</summary>
    public static async Task<long> RunAsync(InstallationDatabase reader, Guid clientId, bool withRecords, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection session = await reader.OpenSessionAsync(cancellationToken);
        byte[] buffer = new byte[64 * 1024];
        long bytes = 0;
        foreach (string rows in withRecords ? [.. OfEntries, .. OfRecords] : OfEntries)
        {
            string select = rows.Replace("$", $"'{clientId}'", StringComparison.Ordinal);
            await using NpgsqlRawCopyStream stream = await session.BeginRawBinaryCopyAsync($"COPY ({select}) TO STDOUT (FORMAT binary)", cancellationToken);
            int read;
            while ((read = await stream.ReadAsync(buffer, cancellationToken)) > 0)
            {
                bytes += read;
            }
        }

        return bytes;
    }
}
