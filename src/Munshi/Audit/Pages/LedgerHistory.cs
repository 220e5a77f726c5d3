using Munshi.Audit.Checkpoints;
using Munshi.Audit.TimeStamping;
using Munshi.Database;

namespace Munshi.Audit.Pages;

/// <summary>Reads what was signed and what verification came to, as one workspace may know it.</summary>
internal sealed class LedgerHistory(Databases databases, LedgerKeys keys, CheckpointState state, TimeStamps stamps)
{
    private const int MostCheckpoints = 20;

    /// <summary>Of each scope.</summary>
    private const int MostVerifications = 500;

    private static readonly string SignedLogs = Sql.Read("Audit/Pages/signed_logs.sql");
    private static readonly string SignedInstance = Sql.Read("Audit/Pages/signed_instance.sql");
    private static readonly string NewestVerifications = Sql.Read("Audit/Pages/newest_verifications.sql");

    public async Task<CheckpointsView> CheckpointsAsync(Guid log, CancellationToken cancellationToken)
    {
        IReadOnlyList<(CheckpointsView.SignedLog Signed, string Note)> logs = await databases.Reader.RowsAsync(
            new Statement(SignedLogs).Uuid(log).Int(MostCheckpoints),
            reader => (new CheckpointsView.SignedLog(reader.GetInt64(0), Root(reader.GetFieldValue<byte[]>(1)), reader.GetInt64(2), LedgerEntries.TickTime(reader.OrNull<string>(3))), reader.GetString(4)),
            cancellationToken);
        (string OfInstance, string OfLog)? known = await keys.ReadAsync(log, cancellationToken);
        (long Size, DateTimeOffset At)? stamp = await stamps.LastAsync(cancellationToken);
        return new CheckpointsView
        {
            OfLog = [.. logs.Select(row => row.Signed)],
            OfInstance = await databases.Reader.RowsAsync(
                new Statement(SignedInstance).Int(MostCheckpoints),
                reader => new CheckpointsView.SignedInstance(
                    reader.GetInt64(0), Root(reader.GetFieldValue<byte[]>(1)), reader.GetFieldValue<DateTimeOffset>(2), reader.GetFieldValue<string[]>(3)),
                cancellationToken),
            Note = logs.Count == 0 ? null : logs[0].Note,
            LogKey = known?.OfLog,
            InstanceKey = known?.OfInstance,
            TimeStampHost = stamps.Host,
            LastStamp = stamp is { } last ? new CheckpointsView.StampedInstance(last.Size, last.At) : null,
            IsStampMissing = stamps.Trouble is not null,
            IsRefused = state.Refusal is not null,
        };
    }

    public async Task<VerificationsView> VerificationsAsync(Guid log, CancellationToken cancellationToken)
    {
        IReadOnlyList<VerificationRun> newest = await databases.Reader.RowsAsync(
            new Statement(NewestVerifications).Uuid(log).Int(MostVerifications),
            reader =>
            {
                DateTimeOffset at = reader.GetFieldValue<DateTimeOffset>(0);
                VerificationResult result = new(
                    !reader.GetBoolean(2), reader.GetBoolean(3), reader.ValueOrNull<long>(4), reader.OrNull<string>(5), reader.OrNull<string>(6), reader.OrNull<string>(7));
                return new VerificationRun(reader.GetString(1) == "full", at, at, 1, result);
            },
            cancellationToken);
        return new VerificationsView(Runs(newest), LastGood(newest, isFull: true), LastGood(newest, isFull: false));
    }

    private static List<VerificationRun> Runs(IReadOnlyList<VerificationRun> newest)
    {
        List<VerificationRun> runs = [];
        foreach (VerificationRun one in newest)
        {
            int before = runs.FindLastIndex(run => run.IsFull == one.IsFull);
            if (before >= 0 && runs[before].Result == one.Result)
            {
                runs[before] = runs[before] with { First = one.First, Times = runs[before].Times + 1 };
            }
            else
            {
                runs.Add(one);
            }
        }

        return runs;
    }

    private static DateTimeOffset? LastGood(IReadOnlyList<VerificationRun> newest, bool isFull) =>
        newest.FirstOrDefault(one => one.IsFull == isFull && one.Result.IsGood)?.Last;

    private static string Root(byte[] root) => Convert.ToBase64String(root);
}
