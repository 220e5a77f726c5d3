using System.Globalization;
using System.Text;
using Munshi.Audit.Checkpoints;
using Munshi.Database;
using Munshi.Ledger;
using Munshi.Ledger.Merkle;
using Munshi.Ledger.Notes;

namespace Munshi.Audit.Export;

/// <summary>What shows that the instance log held a head: its checkpoint with cosignatures, the tick, the tick's inclusion, and the head's opening.</summary>
internal sealed class InstanceEvidence(InstallationDatabase reader)
{
    private const string ReadTick = "SELECT leaf FROM ledger.tick WHERE seq = $1";

    private static readonly string ReadCheckpoint = Sql.Read("Audit/Export/read_instance_checkpoint.sql");

    /// <returns>What it cannot be made of; null once it is written.</returns>
    public async Task<string?> WriteAsync(ExportFolder folder, ExportedHead head, CancellationToken cancellationToken)
    {
        (string Note, string[] Lines, byte[]? Stamp) stored = await reader.RowAsync(
            new Statement(ReadCheckpoint).Long(head.Tick), row => (row.GetString(0), row.GetFieldValue<string[]>(1), row.OrNull<byte[]>(2)), cancellationToken);
        string? leaf = await reader.RowAsync(new Statement(ReadTick).Long(head.Tick), row => row.GetString(0), cancellationToken);
        if (stored.Note is null || leaf is null)
        {
            return $"tick {head.Tick} of the instance log, or a checkpoint of it, is missing";
        }

        string text = string.Concat([stored.Note, .. stored.Lines.Select(line => line.EndsWith('\n') ? line : line + "\n")]);
        if (SignedNote.Parse(Encoding.UTF8.GetBytes(text)) is not SignedNoteParse.Parsed { Note: { } note }
            || Checkpoint.Parse(note.Text.Span) is not CheckpointParse.Parsed { Checkpoint: { } checkpoint }
            || checkpoint.Size <= head.Tick)
        {
            return "the instance log's checkpoint cannot be read";
        }

        ProofPlan plan = ProofPlan.Inclusion((ulong)head.Tick, (ulong)checkpoint.Size);
        if (await new TreeRows(reader, null).ProveAsync(plan, SignedFrontier.Unknown(checkpoint.Size), cancellationToken) is not { } hashes)
        {
            return $"nodes of the instance log below its size {checkpoint.Size} are missing";
        }

        TlogProof proof = new(head.Tick, hashes, note, ReadOnlyMemory<byte>.Empty);
        folder.Write("instance/checkpoint", note.Encode());
        if (stored.Stamp is { } stamp)
        {
            folder.Write("instance/stamped", Encoding.UTF8.GetBytes(stored.Note)); // without the witnesses' lines, which came after it
            folder.Write("instance/stamped.tst", stamp);
        }

        folder.Write("instance/tick", Encoding.UTF8.GetBytes(leaf));
        folder.Write("instance/tick.tlog-proof", proof.Encode());
        folder.Write("instance/opening", Opening(head));
        return null;
    }

    private static byte[] Opening(ExportedHead head)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"munshi-opening/1\nplace {head.Place}\nsalt {head.Salt}\n");
        foreach (Digest hash in head.Path)
        {
            text.Append(CultureInfo.InvariantCulture, $"path {hash}\n");
        }

        return Encoding.ASCII.GetBytes(text.ToString());
    }
}
