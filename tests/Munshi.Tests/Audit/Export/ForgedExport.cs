using System.Security.Cryptography;
using System.Text;
using Munshi.Audit.Checkpoints;
using Munshi.Audit.Export;
using Munshi.Ledger;
using Munshi.Ledger.Heads;
using Munshi.Ledger.Merkle;
using Munshi.Ledger.Notes;
using Munshi.Ledger.Tiles;

namespace Munshi.Tests.Audit.Export;

/// <summary>An export whose maker has the real key: one entry another, all after it linked anew, everything signed again.</summary>
internal static class ForgedExport
{
    /// <param name="source">An honest export.</param>
    /// <param name="target">A new directory.</param>
    /// <param name="identity">With the real key.</param>
    /// <param name="seq">The entry that is made to have happened a microsecond later.</param>
    public static void Write(string source, string target, LedgerIdentity identity, long seq)
    {
        using ExportFolder folder = ExportFolder.Create(target);
        TileWriter tiles = new(folder);
        Digest previous = Digest.Zero;
        Guid log = default;
        long size = 0;
        foreach (LedgerLeaf leaf in Leaves(source))
        {
            byte[] forged = (leaf with { Time = leaf.Time.AddMicroseconds(leaf.Seq == seq ? 1 : 0), Previous = previous }).Encode();
            previous = LedgerLeaf.RowHash(forged);
            tiles.Append(forged, previous);
            (log, size) = (leaf.Log, size + 1);
        }

        Digest root = tiles.Finish();
        string origin = identity.OriginOf(log);
        folder.Write("checkpoint", identity.Sign(origin, size, root).Encode());
        foreach (string file in (string[])["policy", "records.jsonl", "shredded.jsonl", "restores.jsonl", "erasures.jsonl"])
        {
            folder.Write(file, File.ReadAllBytes(Path.Combine(source, file)));
        }

        WriteInstance(folder, identity, new CommittedHead(origin, size, root));
        folder.Complete();
    }

    private static void WriteInstance(ExportFolder folder, LedgerIdentity identity, CommittedHead head)
    {
        byte[] salt = RandomNumberGenerator.GetBytes(CommittedHead.SaltLength);
        HeadsTree heads = new([head.Commit(salt)], _ => new Digest(RandomNumberGenerator.GetBytes(Digest.Length)));
        byte[] tick = new TickLeaf(identity.Origin, 0, new DateTimeOffset(2026, 11, 22, 0, 0, 0, TimeSpan.Zero), heads.Root, Digest.Zero).Encode();
        SignedNote note = identity.Sign(identity.Origin, 1, TreeHash.OfLeaf(tick));
        folder.Write("instance/checkpoint", note.Encode());
        folder.Write("instance/tick", tick);
        folder.Write("instance/tick.tlog-proof", new TlogProof(0, [], note, ReadOnlyMemory<byte>.Empty).Encode());
        folder.Write(
            "instance/opening",
            Encoding.ASCII.GetBytes($"munshi-opening/1\nplace 0\nsalt {Convert.ToHexStringLower(salt)}\n{string.Concat(heads.Path(0).Select(hash => $"path {hash}\n"))}"));
    }

    private static IEnumerable<LedgerLeaf> Leaves(string source)
    {
        long size = Assert.IsType<CheckpointParse.Parsed>(Checkpoint.Parse(
            Assert.IsType<SignedNoteParse.Parsed>(SignedNote.Parse(File.ReadAllBytes(Path.Combine(source, "checkpoint")))).Note.Text.Span)).Checkpoint.Size;
        foreach (TilePath tile in TileSet.Of((ulong)size)[0].Paths())
        {
            string bundle = Path.Combine(source, TilePath.OfEntries(tile.Index, tile.Width).ToString());
            foreach (byte[] leaf in EntryBundle.Parse(File.ReadAllBytes(bundle), tile.Width)!)
            {
                yield return Assert.IsType<LeafParse.Parsed>(LedgerLeaf.Parse(leaf)).Leaf;
            }
        }
    }
}
