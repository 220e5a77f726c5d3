using System.Text;
using Munshi.Database;
using Munshi.Ledger;
using Munshi.Ledger.Notes;

namespace Munshi.Audit.Checkpoints;

/// <summary>What stores the rows of the instance log.</summary>
internal static class InstanceRows
{
    private const string InsertName = "INSERT INTO ledger.identity (generation, origin, vkey) VALUES ($1, $2, $3)";
    private const string InsertTick = "INSERT INTO ledger.tick (seq, leaf, leaf_hash) VALUES ($1, $2, $3)";
    private const string InsertCheckpoint = "INSERT INTO ledger.instance_checkpoint (size, root, note, at) VALUES ($1, $2, $3, $4)";

    /// <param name="generation">From 2 on; null, which is not stored, where the name is none of the ledger's.</param>
    /// <param name="origin">The name.</param>
    /// <param name="key">Under that name.</param>
    public static Statement Name(int? generation, string origin, VerifierKey key) => new Statement(InsertName).Int(generation).Text(origin).Text(key.ToString());

    public static Statement Tick(long seq, byte[] leaf, Digest hash) => new Statement(InsertTick).Long(seq).Text(Encoding.ASCII.GetString(leaf)).Bytes(hash.ToArray());

    public static Statement Checkpoint(long size, Digest root, string note, DateTimeOffset at) =>
        new Statement(InsertCheckpoint).Long(size).Bytes(root.ToArray()).Text(note).Time(at);
}
