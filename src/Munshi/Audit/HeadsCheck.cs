using Munshi.Database;
using Munshi.Ledger;

namespace Munshi.Audit;

/// <summary>The heads file against the ledger: every recorded head must stand there with that hash.</summary>
internal sealed class HeadsCheck(InstallationDatabase database, HeadsFile file)
{
    private const int BatchSize = 1000;

    private static readonly string ReadHashes = Sql.Read("Audit/verify_heads.sql");

    private readonly HashSet<Guid> _logs = [];
    private readonly Dictionary<Guid, LedgerFindings> _ofLog = [];

    /// <summary>The logs that the file names.</summary>
    public IReadOnlySet<Guid> Logs => _logs;

    /// <summary>What is wrong with the file itself.</summary>
    public LedgerFindings OfFile { get; } = new(null);

    /// <summary>The log's findings so far, to be added to.</summary>
    public LedgerFindings Of(Guid log)
    {
        if (!_ofLog.TryGetValue(log, out LedgerFindings? findings))
        {
            findings = new LedgerFindings(log);
            _ofLog.Add(log, findings);
        }

        return findings;
    }

    /// <param name="only">One log, or null for all.</param>
    /// <param name="cancellationToken">Honoured between statements.</param>
    public async Task RunAsync(Guid? only, CancellationToken cancellationToken)
    {
        foreach (HeadsLine[] lines in file.Read().Chunk(BatchSize))
        {
            foreach (HeadsLine.Unreadable unreadable in lines.OfType<HeadsLine.Unreadable>())
            {
                OfFile.Add(null, FindingKind.HeadsLine, "a recorded head", $"line {unreadable.Number} cannot be read");
            }

            foreach (HeadsLine.Lost lost in lines.OfType<HeadsLine.Lost>())
            {
                OfFile.Add(null, FindingKind.HeadsLost, "the heads recorded before", $"line {lost.Number}: they were gone");
            }

            RecordedHead[] heads = [.. lines.OfType<HeadsLine.Recorded>().Select(line => line.Head).Where(head => only is null || head.Log == only)];
            await CompareAsync(heads, cancellationToken);
        }
    }

    private async Task CompareAsync(RecordedHead[] heads, CancellationToken cancellationToken)
    {
        if (heads.Length == 0)
        {
            return;
        }

        IReadOnlyList<byte[]?> hashes = await database.RowsAsync(
            new Statement(ReadHashes).Uuids([.. heads.Select(head => head.Log)]).Longs([.. heads.Select(head => head.Seq)]),
            reader => reader.OrNull<byte[]>(1),
            cancellationToken);
        foreach ((RecordedHead head, byte[]? hash) in heads.Zip(hashes))
        {
            _logs.Add(head.Log);
            if (hash is null)
            {
                Of(head.Log).Add(head.Seq, FindingKind.HeadMissing, $"{head.RowHash}", "no such row");
            }
            else if (!StoredEvent.Same(head.RowHash, hash))
            {
                Of(head.Log).Add(head.Seq, FindingKind.HeadDiffers, $"{head.RowHash}", StoredEvent.Hex(hash));
            }
        }
    }
}
