using System.Buffers.Binary;
using Munshi.Database;

namespace Munshi.Vault;

/// <summary>How much was written in a workspace in a span of time.</summary>
internal sealed class Traffic(WorkspaceDatabase database)
{
    /// <summary>A delivery may have lain before it was taken apart; what lay longer is not counted.</summary>
    private static readonly TimeSpan Lay = TimeSpan.FromDays(1);

    private static readonly string CountTraffic = Sql.Read("Vault/count_traffic.sql");

    /// <param name="clientId">The workspace.</param>
    /// <param name="from">Received at or written from then on.</param>
    /// <param name="to">Not included.</param>
    /// <param name="cancellationToken">Honoured.</param>
    public async Task<TrafficCounts> CountAsync(Guid clientId, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken) =>
        await database.RowAsync(
            clientId,
            new Statement(CountTraffic).Uuid(clientId).Uuid(Lowest(from)).Uuid(Lowest(to + Lay)).Time(from).Time(to),
            reader => new TrafficCounts(reader.GetInt32(0), reader.GetInt32(1), reader.GetInt32(2), reader.GetInt32(3)),
            cancellationToken) ?? throw new InvalidOperationException("Counting gave no row.");

    /// <summary>The least id of version 7 that was made at an instant (RFC 9562, section 5.7): milliseconds first.</summary>
    private static Guid Lowest(DateTimeOffset at)
    {
        Span<byte> id = stackalloc byte[16];
        id.Clear();
        BinaryPrimitives.WriteInt64BigEndian(id, at.ToUnixTimeMilliseconds() << 16);
        return new Guid(id, bigEndian: true);
    }
}
