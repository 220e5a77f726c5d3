using System.Runtime.CompilerServices;
using System.Text;
using Munshi.Database;
using Munshi.Ledger;
using Npgsql;

namespace Munshi.Audit.Verifying;

/// <summary>Parts a log's rows into ranges that begin at multiples of <see cref="LogRange.Rows"/>, whatever numbers its rows have.</summary>
internal sealed class LogRanges(InstallationDatabase database, Guid log)
{
    private static readonly string ReadRange = Sql.Read("Audit/verify_range.sql");

    /// <summary>The ranges of all rows, in order; of a log without rows one, which has its events. All events are parted among them.</summary>
    public async IAsyncEnumerable<LogRange> WholeAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long firstEvent = long.MinValue;
        Boundary? start = await FindAsync(long.MinValue, cancellationToken);
        if (start is null)
        {
            yield return new LogRange(log, long.MaxValue, long.MaxValue, long.MinValue, long.MaxValue, null);
        }

        while (start is not null)
        {
            Boundary? next = await NextAsync(start, cancellationToken);
            long nextEvent = next is null ? long.MaxValue : Math.Max(firstEvent + 1, next.Event);
            yield return new LogRange(log, start.Seq, next is null ? long.MaxValue : next.Seq - 1, firstEvent, next is null ? long.MaxValue : nextEvent - 1, start.Before);
            (start, firstEvent) = (next, nextEvent);
        }
    }

    /// <summary>The ranges after a row, without events of their own.</summary>
    public async IAsyncEnumerable<LogRange> AfterAsync(long seq, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Boundary? start = seq == long.MaxValue ? null : await FindAsync(seq + 1, cancellationToken);
        while (start is not null)
        {
            Boundary? next = await NextAsync(start, cancellationToken);
            yield return new LogRange(log, start.Seq, next is null ? long.MaxValue : next.Seq - 1, 0, -1, start.Before);
            start = next;
        }
    }

    private async Task<Boundary?> NextAsync(Boundary start, CancellationToken cancellationToken)
    {
        long aligned = start.Seq & ~((long)LogRange.Rows - 1);
        return aligned > long.MaxValue - LogRange.Rows ? null : await FindAsync(aligned + LogRange.Rows, cancellationToken);
    }

    private Task<Boundary?> FindAsync(long seq, CancellationToken cancellationToken) =>
        database.RowAsync(new Statement(ReadRange).Uuid(log).Long(seq), Boundary.Read, cancellationToken);

    private sealed record Boundary(long Seq, long Event, (long Seq, Digest Hash)? Before)
    {
        public static Boundary Read(NpgsqlDataReader reader) => new(
            reader.GetInt64(0),
            reader.GetInt64(1),
            reader.IsDBNull(2) ? null : (reader.GetInt64(2), HashOf(reader.GetFieldValue<byte[]>(4), Encoding.UTF8.GetBytes(reader.GetString(3)))));

        /// <remarks>As <see cref="ChainVerifier"/> goes on after such a row.</remarks>
        private static Digest HashOf(byte[] stored, byte[] leaf) =>
            stored.Length == Digest.Length ? new Digest(stored) : leaf.Length <= LedgerLeaf.MaxLength ? LedgerLeaf.RowHash(leaf) : Digest.Zero;
    }
}
