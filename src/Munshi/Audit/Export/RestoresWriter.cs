using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Munshi.Audit.Checkpoints;
using Munshi.Audit.Restoring;
using Munshi.Database;
using Munshi.Ledger;

namespace Munshi.Audit.Export;

/// <summary>Writes <c>restores.jsonl</c>: what the entries that tell of a restore ceremony commit to. Format: <c>docs/data-format.md</c>. Not safe for concurrent use.</summary>
internal sealed class RestoresWriter : IDisposable
{
    private static readonly string ReadOrigins = Sql.Read("Audit/Restoring/read_renamed.sql");

    private readonly InstallationDatabase _reader;
    private readonly FileStream _file;
    private readonly IReadOnlyList<RestoredRange> _ranges;
    private readonly Dictionary<Guid, (long First, long Count)> _lost = [];
    private readonly HashSet<Guid> _told = [];
    private IReadOnlyList<byte[]>? _origins;

    private RestoresWriter(InstallationDatabase reader, FileStream file, IReadOnlyList<RestoredRange> ranges) => (_reader, _file, _ranges) = (reader, file, ranges);

    /// <summary>Begins the file. A recorded restore that the ceremony did not make is named; neither is it told of, nor does it excuse anything.</summary>
    public static async Task<RestoresWriter> OpenAsync(
        InstallationDatabase reader, ExportFolder folder, Guid log, InstanceCheck instance, LedgerFindings findings, CancellationToken cancellationToken)
    {
        IReadOnlyList<StoredRestore> made = await StoredRestore.ReadMadeAsync(reader, log, instance, findings, cancellationToken);
        return new RestoresWriter(reader, folder.Open("restores.jsonl"), [.. made.Select(restore => restore.Range)]);
    }

    /// <summary>Writes what an entry commits to, where it tells of a ceremony.</summary>
    /// <param name="seq">Above the one before.</param>
    /// <param name="leaf">The entry.</param>
    /// <param name="cancellationToken">Honoured between statements.</param>
    /// <returns>Whether it does, and what it tells of is known.</returns>
    public async Task<bool> TakeAsync(long seq, LedgerLeaf leaf, CancellationToken cancellationToken)
    {
        if (leaf.Action == RestoredRange.Action && _ranges.FirstOrDefault(range => leaf.Target == $"{RestoredRange.ObjectKind}:{range.Id}") is { } range)
        {
            Write($"{{\"seq\":{seq},\"first\":{range.First},\"last\":{range.Last}}}\n");
            if (range.Last < seq && StoredEvent.Same(leaf.Commitment, range.Commit()))
            {
                _told.Add(range.Id);
            }

            return true;
        }

        if (leaf.Action == NewOrigin.Action && leaf.Commitment is { } commitment)
        {
            _origins ??= await _reader.RowsAsync(new Statement(ReadOrigins), row => Encoding.ASCII.GetBytes(row.GetString(0)), cancellationToken);
            if (_origins.FirstOrDefault(origin => StoredEvent.Same(commitment, SHA256.HashData(origin))) is { } renamed)
            {
                Write($"{{\"seq\":{seq},\"origin\":\"{Convert.ToBase64String(renamed)}\"}}\n");
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the record of an entry was lost in a restore that is recorded; a leaf that tells of it is still to come.</summary>
    public bool Cover(long seq)
    {
        if (_ranges.FirstOrDefault(one => one.Covers(seq)) is not { } range)
        {
            return false;
        }

        (long first, long count) = _lost.GetValueOrDefault(range.Id, (seq, 0));
        _lost[range.Id] = (first, count + 1);
        return true;
    }

    /// <summary>Names what no leaf tells of.</summary>
    /// <returns>How many records are lost as some leaf tells.</returns>
    public long Conclude(LedgerFindings findings)
    {
        foreach ((Guid id, (long first, long count)) in _lost.Where(lost => !_told.Contains(lost.Key)))
        {
            findings.Add(
                first, FindingKind.RecordMissing, $"an entry that tells of the restore {id}", string.Create(CultureInfo.InvariantCulture, $"none, and no record of {count} entries"));
        }

        return _lost.Where(lost => _told.Contains(lost.Key)).Sum(lost => lost.Value.Count);
    }

    public void Dispose() => _file.Dispose();

    private void Write(FormattableString line) => _file.Write(Encoding.ASCII.GetBytes(line.ToString(CultureInfo.InvariantCulture)));
}
