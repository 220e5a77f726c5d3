using System.Text;
using Munshi.Database;

namespace Munshi.Audit.TimeStamping;

/// <summary>The time stamps of the instance log's checkpoints: <c>ledger.time_stamp</c>.</summary>
internal sealed class TimeStamps(Databases databases, TimeStampAuthority authority, TimeStampingOptions options, TimeProvider clock)
{
    private const string ReadLast = "SELECT t.size, t.at FROM ledger.time_stamp t ORDER BY t.size DESC LIMIT 1";

    private const string ReadNewest = "SELECT c.size, c.note FROM ledger.instance_checkpoint c ORDER BY c.size DESC LIMIT 1";

    private const string Insert = "INSERT INTO ledger.time_stamp (size, at, token) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";

    private volatile string? _trouble;

    public bool IsConfigured => options.Address is not null;

    /// <summary>Who is asked; null where nobody is.</summary>
    public string? Host => options.Address?.IdnHost;

    /// <summary>Why the last request had no success; null where it had.</summary>
    public string? Trouble => _trouble;

    /// <summary>The last one: how many ticks its checkpoint covers, and when. Null where there is none.</summary>
    public async Task<(long Size, DateTimeOffset At)?> LastAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<(long, DateTimeOffset)> rows = await databases.Reader.RowsAsync(
            new Statement(ReadLast), reader => (reader.GetInt64(0), reader.GetFieldValue<DateTimeOffset>(1)), cancellationToken);
        return rows.Count == 0 ? null : rows[0];
    }

    /// <summary>Has the newest checkpoint stamped, if it is time and there is a new one. Signing never waits for it.</summary>
    /// <returns>Null where it is not time yet.</returns>
    public async Task<TimeStampOutcome?> StampAsync(CancellationToken cancellationToken)
    {
        (long Size, DateTimeOffset At)? last = await LastAsync(cancellationToken);
        (long Size, string Note) newest = await databases.Reader.RowAsync(
            new Statement(ReadNewest), reader => (reader.GetInt64(0), reader.GetString(1)), cancellationToken);
        if (newest.Note is null || newest.Size == last?.Size || clock.GetUtcNow() - last?.At < options.Every)
        {
            return null;
        }

        TimeStampOutcome outcome = await authority.StampAsync(Encoding.UTF8.GetBytes(newest.Note), cancellationToken);
        if (outcome is TimeStampOutcome.Stamped { Stamp: { } stamp })
        {
            await databases.Audit.ExecuteAsync([new Statement(Insert).Long(newest.Size).Time(stamp.At).Bytes(stamp.Token)], cancellationToken);
        }

        _trouble = (outcome as TimeStampOutcome.Failed)?.Reason;
        return outcome;
    }
}
