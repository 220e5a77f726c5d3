using System.Globalization;
using System.Text;
using Munshi.Audit.Checkpoints;
using Munshi.Audit.Erasures;
using Munshi.CommandLine;
using Munshi.Database;
using Munshi.Ledger;
using Munshi.Ledger.Erasures;
using Munshi.Ledger.Notes;
using Munshi.Ledger.Tiles;

namespace Munshi.Audit.Export;

/// <summary>Writes a workspace's log as evidence that can be checked without Munshi, as <c>munshi_reader</c>: all up to its newest signed checkpoint. Format: <c>docs/data-format.md</c>.</summary>
/// <remarks>
/// Runs beside a working server: entries below a signed checkpoint and the records they commit to do not change. What did change is exported as it stands and told, and so
/// is a history that is another than the one that was recorded and signed outside the database, which nobody sees by the export alone.
/// </remarks>
internal sealed class LedgerExport(
    Databases databases, HeadsFile headsFile, InstanceCheckpointFile checkpointFile, DataDirectory data, IEnumerable<IEvidenceSource> sources, TimeProvider clock)
{
    /// <summary>Entries whose records are in memory at once.</summary>
    private const int AtOnce = 1024;

    private const string ReadKey = "SELECT vkey FROM ledger.identity ORDER BY generation DESC LIMIT 1";
    private const string ReadSize = "SELECT coalesce(max(seq) + 1, 0) FROM ledger.entry WHERE client_id = $1";

    private static readonly string ReadHead = Sql.Read("Audit/Export/read_export_checkpoint.sql");
    private static readonly string ReadLeaves = Sql.Read("Audit/Checkpoints/read_leaves.sql");

    /// <summary>Exports one workspace; durable once the task completes.</summary>
    /// <param name="log">The workspace.</param>
    /// <param name="directory">New or empty; nothing stands there where the outcome is another than <see cref="ExportOutcome.Written"/>.</param>
    /// <param name="progress">Gets a line a second.</param>
    /// <param name="cancellationToken">Honoured between statements.</param>
    /// <exception cref="RefusalException">It cannot be written there.</exception>
    public Task<ExportOutcome> WriteAsync(Guid log, string directory, TextWriter progress, CancellationToken cancellationToken) =>
        WriteAsync(log, directory, withheld: null, progress, cancellationToken);

    /// <inheritdoc cref="WriteAsync(Guid, string, TextWriter, CancellationToken)"/>
    /// <param name="log">The workspace.</param>
    /// <param name="directory">As above.</param>
    /// <param name="withheld">Of objects of a kind, those whose records go out without their plaintext; null to leave out none.</param>
    /// <param name="progress">Gets a line a second.</param>
    /// <param name="cancellationToken">Honoured between statements.</param>
    public async Task<ExportOutcome> WriteAsync(Guid log, string directory, WithheldRecords? withheld, TextWriter progress, CancellationToken cancellationToken)
    {
        InstallationDatabase reader = databases.Reader;
        ExportedHead? head = await reader.RowAsync(new Statement(ReadHead).Uuid(log), ExportedHead.Read, cancellationToken);
        string? vkey = await reader.RowAsync(new Statement(ReadKey), row => row.GetString(0), cancellationToken);
        if (head is null || vkey is null || VerifierKey.Parse(vkey) is not VerifierKeyParse.Parsed { Key: { } instance })
        {
            return new ExportOutcome.NothingSigned();
        }

        using ExportFolder folder = ExportFolder.Create(directory);
        HeadsCheck heads = new(reader, headsFile);
        await heads.RunAsync(log, cancellationToken);
        InstanceCheck outside = new(reader, checkpointFile, LedgerIdentity.KeyIn(data.Secrets));
        await outside.RunAsync(cancellationToken);
        LedgerFindings findings = heads.Of(log);
        VerifierKey key = LedgerIdentity.KeyOf(instance, LedgerIdentity.OriginOf(instance.Name, log));
        folder.Write("checkpoint", Encoding.UTF8.GetBytes(head.Note));
        folder.Write("policy", Encoding.UTF8.GetBytes($"log {key}\nquorum none\n"));
        (long records, long erased, long lost) = (0, 0, 0);
        using (RecordsWriter writer = new(folder))
        using (ErasuresWriter erasures = new(reader, folder, log, outside.Key))
        using (RestoresWriter restores = await RestoresWriter.OpenAsync(reader, folder, log, outside, findings, cancellationToken))
        {
            EntryParts parts = new(writer, restores, erasures, new GoneRecords(), withheld);
            if (await WriteEntriesAsync(log, head, folder, parts, findings, progress, cancellationToken) is { } gap)
            {
                return new ExportOutcome.Incomplete(gap);
            }

            if (await HasLaterErasureAsync(log, head, parts, outside.Key, cancellationToken))
            {
                return new ExportOutcome.Incomplete("records were erased after the checkpoint at which it would end; export again, it will end at a later one");
            }

            erased = parts.Gone.Write(folder, erasures.Erased(), restores, findings);
            (records, lost) = (writer.Count, restores.Conclude(findings));
        }

        if (await new InstanceEvidence(reader).WriteAsync(folder, head, cancellationToken) is { } missing)
        {
            return new ExportOutcome.Incomplete(missing);
        }

        long size = await reader.RowAsync(new Statement(ReadSize).Uuid(log), row => row.GetInt64(0), cancellationToken);
        bool hasVerifier = ExportPapers.Write(folder, head, key, size - head.Size);
        folder.Complete();
        return new ExportOutcome.Written(
            head.Size, head.Root, records, erased, lost, size - head.Size, hasVerifier, [.. findings.InOrder(), .. heads.OfFile.InOrder(), .. outside.Findings.InOrder()]);
    }

    /// <returns>What it cannot be made of; null once all is written.</returns>
    private async Task<string?> WriteEntriesAsync(
        Guid log, ExportedHead head, ExportFolder folder, EntryParts parts, LedgerFindings findings, TextWriter output, CancellationToken cancellationToken)
    {
        ExportProgress progress = new(output, clock);
        TileWriter tiles = new(folder);
        ChainVerifier chain = new(log);
        for (long next = 0; next < head.Size;)
        {
            IReadOnlyList<(long Seq, byte[] Leaf, byte[] Hash)> rows = await databases.Reader.RowsAsync(
                new Statement(ReadLeaves).Uuid(log).Long(next).Long(Math.Min(AtOnce, head.Size - next)),
                row => (row.GetInt64(0), Encoding.UTF8.GetBytes(row.OrNull<string>(1) ?? ""), row.OrNull<byte[]>(2) ?? []),
                cancellationToken);
            List<(long Seq, LedgerLeaf Leaf)> births = [];
            foreach ((long seq, byte[] leaf, byte[] hash) in rows)
            {
                if (seq != next++)
                {
                    break;
                }

                if (leaf.Length > EntryBundle.MaxEntryLength)
                {
                    return string.Create(CultureInfo.InvariantCulture, $"entry {seq} has {leaf.Length} bytes");
                }

                tiles.Append(leaf, hash.Length == Digest.Length ? new Digest(hash) : LedgerLeaf.RowHash(leaf));
                if (Follow(chain.Add(seq, leaf, hash), findings) is { } read && (read.Commitment is not null || read.CiphertextHash is not null || read.Action == ErasureRecord.Action))
                {
                    births.Add((seq, read));
                }
            }

            if (rows.Count == 0 || rows[^1].Seq != next - 1)
            {
                return string.Create(CultureInfo.InvariantCulture, $"entry {(rows.Count == 0 ? next : next - 1)} of {head.Size} signed ones is missing");
            }

            await WriteRecordsAsync(log, births, parts, findings, cancellationToken);
            progress.Report(next, head.Size);
        }

        if (tiles.Finish() is { } root && root != head.Root)
        {
            findings.Add(head.Size - 1, FindingKind.Checkpoint, $"the signed root {head.Root}", $"{root}");
        }

        return null;
    }

    private async Task WriteRecordsAsync(
        Guid log, List<(long Seq, LedgerLeaf Leaf)> births, EntryParts parts, LedgerFindings findings, CancellationToken cancellationToken)
    {
        Dictionary<string, Evidence> found = [];
        HashSet<string> withheld = [];
        foreach (IEvidenceSource source in sources)
        {
            string prefix = source.ObjectKind + ":";
            Guid[] ids =
            [
                .. births.Where(birth => birth.Leaf.Target.StartsWith(prefix, StringComparison.Ordinal))
                    .Select(birth => Guid.TryParseExact(birth.Leaf.Target.AsSpan(prefix.Length), "D", out Guid id) ? id : Guid.Empty)
                    .Distinct(),
            ];
            if (ids.Length == 0)
            {
                continue;
            }

            await foreach (Evidence evidence in source.ReadAsync(log, ids, cancellationToken))
            {
                found[$"{prefix}{evidence.ObjectId}"] = evidence;
            }

            if (parts.Withheld is { } asked)
            {
                withheld.UnionWith((await asked(source.ObjectKind, ids, cancellationToken)).Select(id => $"{prefix}{id}"));
            }
        }

        foreach ((long seq, LedgerLeaf leaf) in births)
        {
            if (leaf.Action != ErasureRecord.Action && found.TryGetValue(leaf.Target, out Evidence evidence) && evidence.Opened is { } opened)
            {
                bool isWithheld = opened.Key is not null && withheld.Contains(leaf.Target);
                parts.Records.Write(seq, leaf.Target, evidence.ObjectId, opened, isWithheld);
                Compare(seq, leaf, evidence, findings);
                if (isWithheld)
                {
                    parts.Gone.Withhold(seq, leaf);
                }
                else if (opened.Key is null)
                {
                    parts.Gone.Add(seq, leaf, isThere: true);
                }
            }
            else if (!await parts.Restores.TakeAsync(seq, leaf, cancellationToken) && !await parts.Erasures.TakeAsync(seq, leaf, findings, cancellationToken))
            {
                parts.Gone.Add(seq, leaf, isThere: false);
            }
        }
    }

    /// <summary>Whether a record that is gone was erased since the export's checkpoint was signed: what says so would not be in it.</summary>
    private async Task<bool> HasLaterErasureAsync(Guid log, ExportedHead head, EntryParts parts, VerifierKey? key, CancellationToken cancellationToken)
    {
        long[] unexplained = [.. parts.Gone.Unexplained(parts.Erasures.Erased())];
        if (unexplained.Length == 0)
        {
            return false;
        }

        RecordedErasures later = new(databases.Reader, log, new LedgerFindings(log));
        await later.NoteFromAsync(head.Size, cancellationToken);
        await later.ReadAsync(key, _ => true, cancellationToken);
        return Array.Exists(unexplained, later.Covers);
    }

    private static LedgerLeaf? Follow(ChainVerdict verdict, LedgerFindings findings)
    {
        if (verdict is ChainVerdict.Ok ok)
        {
            return ok.Leaf;
        }

        ChainVerdict.Broken broken = (ChainVerdict.Broken)verdict;
        findings.Add(broken.Seq, LogVerification.KindOf(broken.What), broken.Expected, broken.Found);
        return broken.Leaf;
    }

    private static void Compare(long seq, LedgerLeaf leaf, Evidence evidence, LedgerFindings findings)
    {
        if (!StoredEvent.Same(leaf.CiphertextHash, evidence.CiphertextHash))
        {
            findings.Add(seq, FindingKind.Ciphertext, StoredEvent.Hex(leaf.CiphertextHash), StoredEvent.Hex(evidence.CiphertextHash));
        }
        else if (evidence.KeyPresent && !StoredEvent.Same(leaf.Commitment, evidence.Commitment))
        {
            findings.Add(
                seq, FindingKind.Commitment, StoredEvent.Hex(leaf.Commitment), evidence.Commitment is null ? "the record does not open" : StoredEvent.Hex(evidence.Commitment));
        }
    }

    /// <summary>What the entries are written into as they go by.</summary>
    private sealed record EntryParts(RecordsWriter Records, RestoresWriter Restores, ErasuresWriter Erasures, GoneRecords Gone, WithheldRecords? Withheld);
}

/// <summary>Of objects of a kind, those whose records go out without their plaintext.</summary>
/// <param name="kind">As a leaf names it.</param>
/// <param name="ids">The objects.</param>
/// <param name="cancellationToken">Honoured between statements.</param>
internal delegate Task<IReadOnlySet<Guid>> WithheldRecords(string kind, Guid[] ids, CancellationToken cancellationToken);
