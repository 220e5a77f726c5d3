using System.Text;
using Munshi.Database;

namespace Munshi.Audit.TimeStamping;

/// <summary>Every stored time stamp against the checkpoint beside which it stands. Whether its authority is trusted was asked before it was stored.</summary>
internal sealed class TimeStampCheck(InstallationDatabase database, LedgerFindings findings)
{
    private const string Read =
        "SELECT t.size, t.token, c.note FROM ledger.time_stamp t LEFT JOIN ledger.instance_checkpoint c ON c.size = t.size ORDER BY t.size";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await foreach ((long size, byte[] token, string? note) in database.StreamAsync(
            new Statement(Read), reader => (reader.GetInt64(0), reader.GetFieldValue<byte[]>(1), reader.OrNull<string>(2)), cancellationToken))
        {
            string? fault = note is null ? "no such checkpoint" : TimeStamp.Fault(token, Encoding.UTF8.GetBytes(note));
            if (fault is not null)
            {
                findings.Add(size - 1, FindingKind.TimeStamp, $"a time stamp of the checkpoint of size {size}", fault);
            }
        }
    }
}
