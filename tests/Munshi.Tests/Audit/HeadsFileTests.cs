using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Munshi.Audit;
using Munshi.Ledger;
using Munshi.Tests.Postgres;

namespace Munshi.Tests.Audit;

public sealed class HeadsFileTests(PostgresTemplate postgres) : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 9, 30, 0, TimeSpan.Zero);

    private readonly string _directory = Path.Combine(Directory.CreateTempSubdirectory("munshi-test-heads-").FullName, "checkpoints");

    private string FilePath => Path.Combine(_directory, "heads.log");

    private HeadsFile File => new(new HeadsLocation(_directory));

    [Fact]
    public void Heads_are_read_back_in_the_order_in_which_they_were_recorded()
    {
        RecordedHead[] heads = [Head(0), Head(1), Head(2)];

        File.Append(heads[..2]);
        File.Append(heads[2..]);

        Assert.Equal(heads.Select(head => new HeadsLine.Recorded(head)), File.Read());
    }

    [Fact]
    public void Where_there_is_no_file_there_are_no_heads()
    {
        Assert.Empty(File.Read());
    }

    [Fact]
    public void A_torn_last_line_is_passed_over_wherever_it_was_torn()
    {
        RecordedHead kept = Head(0);
        string torn = Head(1).Encode();
        Directory.CreateDirectory(_directory);
        for (int length = 1; length <= torn.Length; length++)
        {
            System.IO.File.Delete(FilePath);
            File.Append([kept]);
            System.IO.File.AppendAllText(FilePath, torn[..length]);

            Assert.Equal([new HeadsLine.Recorded(kept)], File.Read());
        }
    }

    [Fact]
    public void After_a_torn_line_the_next_heads_are_whole_and_nothing_is_taken_away()
    {
        RecordedHead[] heads = [Head(0), Head(2)];
        File.Append(heads[..1]);
        System.IO.File.AppendAllText(FilePath, "2026-11-21T09:30:00.0");
        string before = System.IO.File.ReadAllText(FilePath);

        File.Append(heads[1..]);

        Assert.Equal(heads.Select(head => new HeadsLine.Recorded(head)), File.Read());
        Assert.StartsWith(before, System.IO.File.ReadAllText(FilePath), StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_that_is_no_head_is_told_by_its_number()
    {
        File.Append([Head(0)]);
        System.IO.File.AppendAllText(FilePath, "\n" + new string('x', 100_000) + "\n");
        File.Append([Head(1)]);

        Assert.Equal(
            [typeof(HeadsLine.Recorded), typeof(HeadsLine.Unreadable), typeof(HeadsLine.Unreadable), typeof(HeadsLine.Recorded)],
            File.Read().Select(line => line.GetType()));
        Assert.Equal([2L, 3L], File.Read().OfType<HeadsLine.Unreadable>().Select(line => line.Number));
    }

    [Fact]
    public void While_one_process_writes_another_is_refused()
    {
        File.Append([Head(0)]);
        using FileStream writing = new(Path.Combine(_directory, "heads.lock"), FileMode.Open, FileAccess.Write, FileShare.None);

        Assert.Throws<IOException>(() => File.Append([Head(1)]));
    }

    [Fact]
    public void A_reader_holds_up_no_writer()
    {
        File.Append([Head(0)]);
        using IEnumerator<HeadsLine> reading = File.Read().GetEnumerator();
        Assert.True(reading.MoveNext());

        File.Append([Head(1)]);

        Assert.Equal(2, File.Read().Count());
    }

    [Fact]
    public async Task Only_the_heads_that_changed_are_recorded()
    {
        await using AuditedDatabase audited = await AuditedDatabase.CreateAsync(postgres);
        (Guid first, Guid second) = await audited.FillAsync(1);
        int before = audited.HeadsFile.Read().Count();
        Sequencer sequencer = audited.NewSequencer();
        await audited.DrainAsync(sequencer); // takes the lead, and says where every log stands
        Assert.Equal(before + 2, audited.HeadsFile.Read().Count());

        await audited.ActAsync(second);
        await audited.ActAsync(second);
        await audited.DrainAsync(sequencer);
        audited.Recorder.RecordOnce();

        HeadsLine.Recorded last = Assert.IsType<HeadsLine.Recorded>(audited.HeadsFile.Read().Last());
        Assert.Equal(before + 3, audited.HeadsFile.Read().Count());
        Assert.Equal((second, 2L), (last.Head.Log, last.Head.Seq));
        Assert.Equal(
            await audited.Database.ScalarAsync<byte[]>($"SELECT row_hash FROM ledger.entry WHERE client_id = '{second}' AND seq = 2"),
            last.Head.RowHash.ToArray());
        Assert.NotEqual(first, last.Head.Log);
    }

    [Fact]
    public async Task What_a_stopped_process_had_chained_and_not_recorded_the_next_one_records()
    {
        await using AuditedDatabase audited = await AuditedDatabase.CreateAsync(postgres);
        Guid log = await audited.AddWorkspaceAsync();
        await audited.ActAsync(log);
        await using Sequencer stopped = new(audited.Database.Databases, audited.Gate, new LedgerHeads(), audited.HeadsFile, NullLogger<Sequencer>.Instance);
        await stopped.DrainOnceAsync(TestContext.Current.CancellationToken);
        await stopped.DisposeAsync();

        await audited.DrainAsync(audited.NewSequencer());

        HeadsLine.Recorded line = Assert.IsType<HeadsLine.Recorded>(Assert.Single(audited.HeadsFile.Read()));
        Assert.Equal((log, 0L), (line.Head.Log, line.Head.Seq));
    }

    [Fact]
    public void Heads_that_could_not_be_written_are_written_the_next_time()
    {
        LedgerHeads heads = new();
        Guid one = Guid.NewGuid();
        Guid other = Guid.NewGuid();
        heads.Publish(one, new LogHead(1, Digest.Zero));
        heads.Publish(other, new LogHead(1, Digest.Zero));
        System.IO.File.WriteAllText(_directory, "a file where the directory should be");
        using HeadsService recorder = new(heads, File, TimeProvider.System, NullLogger<HeadsService>.Instance);

        recorder.RecordOnce();
        heads.Publish(one, new LogHead(2, Digest.Zero));
        System.IO.File.Delete(_directory);
        recorder.RecordOnce();

        Assert.Equal(
            [(one, 2L), (other, 1L)],
            File.Read().Cast<HeadsLine.Recorded>().Select(line => (line.Head.Log, line.Head.Seq)).OrderByDescending(head => head.Seq));
    }

    [Fact]
    public async Task A_log_older_than_a_minute_without_any_recorded_head_is_a_finding()
    {
        await using AuditedDatabase audited = await AuditedDatabase.CreateAsync(postgres);
        (Guid first, Guid second) = await audited.FillAsync(2);
        System.IO.File.Delete(audited.HeadsPath);

        LedgerReport report = await audited.VerifyAsync();

        Assert.Equal(
            new[] { (first, FindingKind.HeadUnrecorded), (second, FindingKind.HeadUnrecorded) }.Order(),
            report.Findings.Select(finding => (finding.Log!.Value, finding.Kind)).Order());
    }

    [Fact]
    public async Task An_unreadable_line_is_a_finding_of_the_file()
    {
        await using AuditedDatabase audited = await AuditedDatabase.CreateAsync(postgres);
        await audited.FillAsync(1);
        byte[] content = System.IO.File.ReadAllBytes(audited.HeadsPath);
        content[40] ^= 0xff;
        System.IO.File.WriteAllBytes(audited.HeadsPath, content);

        LedgerReport report = await audited.VerifyAsync();

        Assert.Equal(new LedgerFinding(null, null, FindingKind.HeadsLine, "a recorded head", "line 2 cannot be read"), report.HeadsFileFindings[0]);
        Assert.False(report.IsOk);
    }

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_directory)!, recursive: true);

    private static RecordedHead Head(long seq) =>
        new(Now.AddMicroseconds(seq), Guid.NewGuid(), seq, new Digest(SHA256.HashData(Encoding.ASCII.GetBytes($"{seq}"))));
}
