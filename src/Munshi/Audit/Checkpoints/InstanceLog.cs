using System.Text;
using Munshi.Database;
using Munshi.Ledger;
using Munshi.Ledger.Heads;
using Munshi.Ledger.Merkle;
using Munshi.Ledger.Notes;

namespace Munshi.Audit.Checkpoints;

/// <summary>The instance log and the last checkpoint of it that was signed, as restored from the database and held against the file outside it.</summary>
/// <remarks>Not safe for concurrent use.</remarks>
internal sealed class InstanceLog
{
    private const string ReadTicks = "SELECT seq, leaf FROM ledger.tick WHERE seq >= $1 ORDER BY seq";
    private const string ReadSize = "SELECT coalesce(max(seq) + 1, 0) FROM ledger.tick";
    private const string ReadLast = "SELECT size, root FROM ledger.instance_checkpoint ORDER BY size DESC LIMIT 1";

    private readonly BlockFrontier _frontier;

    private InstanceLog(BlockFrontier frontier, Digest last, DateTimeOffset lastTime, long published) =>
        (_frontier, Last, LastTime, Published) = (frontier, last, lastTime, published);

    /// <summary>The number of ticks.</summary>
    public long Size => (long)_frontier.Size;

    /// <summary>The last tick's leaf hash.</summary>
    public Digest Last { get; private set; }

    /// <summary>The last tick's time; the smallest there is before the first.</summary>
    public DateTimeOffset LastTime { get; private set; }

    /// <summary>The size of the last checkpoint that stands in the database; 0 where there is none.</summary>
    public long Published { get; private set; }

    /// <exception cref="SigningRefusedException">What is stored is not what was signed.</exception>
    public static async Task<InstanceLog> RestoreAsync(InstallationDatabase database, byte[]? signed, VerifierKey key, CancellationToken cancellationToken)
    {
        long size = await database.RowAsync(new Statement(ReadSize), reader => reader.GetInt64(0), cancellationToken);
        (long Size, byte[] Root) published = await database.RowAsync(
            new Statement(ReadLast), reader => (reader.GetInt64(0), reader.GetFieldValue<byte[]>(1)), cancellationToken);
        if (await RefusalAsync(database, size, published.Size, published.Root, signed, key, cancellationToken) is { } refusal)
        {
            throw new SigningRefusedException(refusal);
        }

        BlockFrontier frontier = await new TreeRows(database, null).RestoreAsync(size, cancellationToken)
            ?? throw new SigningRefusedException($"instance log: ticks or nodes below its size {size} are missing");
        if (size == 0)
        {
            return new InstanceLog(frontier, Digest.Zero, DateTimeOffset.MinValue, 0);
        }

        byte[] leaf = (await LeavesAsync(database, size - 1, cancellationToken)).Single();
        return (TickLeaf.Parse(leaf)?.Time ?? OriginLeaf.Parse(leaf)?.Time) is { } time
            ? new InstanceLog(frontier, TreeHash.OfLeaf(leaf), time, published.Size)
            : throw new SigningRefusedException($"instance log: tick {size - 1} is no leaf");
    }

    /// <summary>Why the database's instance log is not the one whose checkpoint was signed last; null where it is.</summary>
    public static async Task<string?> RefusalAsync(InstallationDatabase database, byte[]? signed, VerifierKey key, CancellationToken cancellationToken)
    {
        long size = await database.RowAsync(new Statement(ReadSize), reader => reader.GetInt64(0), cancellationToken);
        (long Size, byte[] Root) published = await database.RowAsync(
            new Statement(ReadLast), reader => (reader.GetInt64(0), reader.GetFieldValue<byte[]>(1)), cancellationToken);
        return await RefusalAsync(database, size, published.Size, published.Root, signed, key, cancellationToken);
    }

    /// <summary>Appends a tick; nothing is stored yet.</summary>
    /// <returns>The statements that store it.</returns>
    public IReadOnlyList<Statement> Append(TickLeaf tick)
    {
        byte[] leaf = tick.Encode();
        (Last, LastTime) = (TreeHash.OfLeaf(leaf), tick.Time);
        List<StoredBlock> blocks = [];
        _frontier.Append(Last, (block, hashes) => blocks.Add(StoredBlock.Of(null, block, hashes)));
        Statement insert = InstanceRows.Tick(tick.Seq, leaf, Last);
        return blocks.Count > 0 ? [insert, TreeRows.InsertOfTicks(blocks)] : [insert];
    }

    /// <summary>The leaves of the ticks from a number on.</summary>
    public static Task<IReadOnlyList<byte[]>> LeavesAsync(InstallationDatabase database, long from, CancellationToken cancellationToken) =>
        database.RowsAsync(new Statement(ReadTicks).Long(from), reader => Encoding.ASCII.GetBytes(reader.GetString(1)), cancellationToken);

    public Digest Root() => _frontier.Root();

    public Digest[] Frontier() => _frontier.ToArray();

    /// <summary>To be called once the checkpoint stands in the database.</summary>
    public void Publish() => Published = Size;

    private static async Task<string?> RefusalAsync(
        InstallationDatabase database, long size, long publishedSize, byte[]? publishedRoot, byte[]? signed, VerifierKey key, CancellationToken cancellationToken)
    {
        if (signed is null)
        {
            return publishedSize == 0
                ? null
                : $"instance log: checkpoints/instance.checkpoint is missing, and {publishedSize} ticks were published: restore it from a copy";
        }

        if (SignedNote.Parse(signed) is not SignedNoteParse.Parsed { Note: { } note }
            || note.Verify([key]) is not NoteVerification.Verified
            || Checkpoint.Parse(note.Text.Span) is not CheckpointParse.Parsed { Checkpoint: { } checkpoint }
            || checkpoint.Origin != key.Name)
        {
            return "instance log: checkpoints/instance.checkpoint is no checkpoint of this installation's key";
        }

        if (checkpoint.Size > size)
        {
            return $"instance log: {checkpoint.Size} ticks were signed, and {size} are stored: the database is older than its last checkpoint";
        }

        if (await RootAsync(database, checkpoint.Size, cancellationToken) is { } root && root != checkpoint.Root)
        {
            return $"instance log: at its signed size {checkpoint.Size} the root was {checkpoint.Root}, and is {root}";
        }

        return publishedSize > 0 && await RootAsync(database, publishedSize, cancellationToken) is { } published && !published.ToArray().AsSpan().SequenceEqual(publishedRoot)
            ? $"instance log: at its published size {publishedSize} the root is another"
            : null;
    }

    private static async Task<Digest> RootAsync(InstallationDatabase database, long size, CancellationToken cancellationToken) =>
        await new TreeRows(database, null).RestoreAsync(size, cancellationToken) is { } frontier
            ? frontier.Root()
            : throw new SigningRefusedException($"instance log: ticks or nodes below its signed size {size} are missing");
}
