using System.Globalization;
using System.Text;
using Munshi.Database;
using Munshi.Ledger;
using Munshi.Ledger.Heads;
using Munshi.Ledger.Merkle;
using Munshi.Ledger.Notes;

namespace Munshi.Audit.Checkpoints;

/// <summary>The instance log: its chain, its nodes, its checkpoints, and the last one kept outside the database.</summary>
internal sealed class InstanceCheck(InstallationDatabase database, InstanceCheckpointFile file, VerifierKey? ownKey)
{
    private const string ReadKeys = "SELECT generation, vkey FROM ledger.identity ORDER BY generation";
    private const string ReadTicks = "SELECT seq, leaf, leaf_hash FROM ledger.tick ORDER BY seq";
    private const string ReadCheckpoints = "SELECT size, root, note, frontier FROM ledger.instance_checkpoint ORDER BY size";
    private const string ReadNodes = "SELECT height, index, hashes FROM ledger.tick_node";

    private readonly List<Digest> _heads = [];
    private readonly List<(long From, string Name)> _origins = []; // the instance log's names, and the tick from which on it has each
    private readonly List<Digest> _roots = []; // by size
    private readonly Dictionary<NodeBlock, byte[]> _blocks = [];

    /// <summary>What is wrong with the instance log, its key or its file.</summary>
    public LedgerFindings Findings { get; } = new(null);

    /// <summary>The key that every checkpoint must bear; null where nothing was ever signed, or no key is known.</summary>
    public VerifierKey? Key { get; private set; }

    /// <summary>The instance log's name at a tick.</summary>
    public string OriginAt(long tick) => _origins.LastOrDefault(origin => origin.From <= tick).Name ?? "";

    /// <summary>The heads that a tick names; null where there is no such tick.</summary>
    public Digest? HeadsOf(long tick) => tick < _heads.Count ? _heads[(int)tick] : null;

    /// <summary>The tree's root at a size; null where there are fewer ticks.</summary>
    public Digest? RootAt(long size) => size < _roots.Count ? _roots[(int)size] : null;

    /// <remarks>The file is read first and what it covers was stored before it, so a working signer beside this is no finding.</remarks>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        byte[]? signed = file.Read();
        JudgeKeys(await database.RowsAsync(new Statement(ReadKeys), reader => (reader.GetInt32(0), reader.GetString(1)), cancellationToken));
        List<(SignedFrontier Edge, string Note)> published = [];
        await foreach ((SignedFrontier, string) checkpoint in database.StreamAsync(
            new Statement(ReadCheckpoints),
            reader => (new SignedFrontier(reader.GetInt64(0), reader.GetFieldValue<byte[]>(1), reader.OrNull<byte[]>(3)), reader.GetString(2)),
            cancellationToken))
        {
            published.Add(checkpoint); // before the ticks, which are stored first
        }

        await ReadNodesAsync(cancellationToken);
        await WalkAsync(cancellationToken);
        if (Key is not null && _origins[^1].Name != Key.Name)
        {
            Findings.Add(null, FindingKind.SigningKey, $"a leaf that names the log {Key.Name}", $"the log {_origins[^1].Name}");
        }

        foreach (NodeBlock extra in _blocks.Keys)
        {
            if (!extra.IsCompleteIn((ulong)_heads.Count))
            {
                Findings.Add(null, FindingKind.Node, "no node above ticks that are not there", Name(extra));
            }
        }

        foreach ((SignedFrontier edge, string note) in published)
        {
            Judge(edge, note);
        }

        JudgeFile(signed, published.Count);
    }

    /// <summary>Every name is the first one's, by its generation, and has the same key.</summary>
    private void JudgeKeys(IReadOnlyList<(int Generation, string Key)> named)
    {
        VerifierKey? first = ownKey;
        if (first is null && named.Count > 0 && VerifierKey.Parse(named[0].Key) is VerifierKeyParse.Parsed parsed)
        {
            first = parsed.Key;
        }

        Key = first;
        foreach ((int generation, string key) in named)
        {
            Key = first is null ? null : LedgerIdentity.KeyOf(first, LedgerIdentity.NameOf(first.Name, generation));
            if (key != Key?.ToString())
            {
                Findings.Add(null, FindingKind.SigningKey, $"the key {Key?.ToString() ?? "of secrets/"}", "another key in ledger.identity");
            }
        }

        _origins.Add((0, first?.Name ?? ""));
    }

    private async Task ReadNodesAsync(CancellationToken cancellationToken)
    {
        await foreach ((NodeBlock block, byte[] hashes) in database.StreamAsync(
            new Statement(ReadNodes), reader => (new NodeBlock(reader.GetInt32(0), (ulong)reader.GetInt64(1)), reader.GetFieldValue<byte[]>(2)), cancellationToken))
        {
            _blocks[block] = hashes;
        }
    }

    private async Task WalkAsync(CancellationToken cancellationToken)
    {
        BlockFrontier frontier = new();
        Digest previous = Digest.Zero;
        DateTimeOffset time = DateTimeOffset.MinValue;
        _roots.Add(frontier.Root());
        await foreach ((long seq, byte[] leaf, byte[] hash) in database.StreamAsync(
            new Statement(ReadTicks), reader => (reader.GetInt64(0), Encoding.UTF8.GetBytes(reader.GetString(1)), reader.GetFieldValue<byte[]>(2)), cancellationToken))
        {
            Digest computed = TreeHash.OfLeaf(leaf);
            if (OriginLeaf.Parse(leaf) is { } renamed && renamed.Seq == seq && Follows(renamed.Origin, renamed.Before))
            {
                _origins.Add((seq, renamed.Origin));
            }

            TickLeaf? tick = TickOf(leaf);
            string? fault = tick switch
            {
                null => "a leaf that is none",
                _ when seq != _heads.Count || tick.Seq != seq => $"number {seq}, and its leaf {tick.Seq}",
                _ when tick.Origin != _origins[^1].Name => "another origin",
                _ when tick.Previous != previous => $"previous {tick.Previous}",
                _ when !StoredEvent.Same(computed, hash) => $"hash {StoredEvent.Hex(hash)}",
                _ when tick.Time < time => "a time before the tick before",
                _ => null,
            };
            if (fault is not null)
            {
                Findings.Add(seq, FindingKind.Tick, $"tick {_heads.Count}, previous {previous}, hash {computed}", fault);
            }

            (previous, time) = (computed, tick?.Time ?? time);
            _heads.Add(tick?.Heads ?? Digest.Zero);
            frontier.Append(computed, Compare);
            _roots.Add(frontier.Root());
        }
    }

    private void Compare(NodeBlock block, ReadOnlySpan<Digest> hashes)
    {
        if (!_blocks.TryGetValue(block, out byte[]? stored))
        {
            Findings.Add(null, FindingKind.Node, Name(block), "none");
        }
        else if (!StoredBlock.Of(null, block, hashes).Hashes.AsSpan().SequenceEqual(stored))
        {
            Findings.Add(null, FindingKind.Node, $"the hashes of {Name(block)}", "others");
        }
    }

    private void Judge(SignedFrontier edge, string note)
    {
        (long size, byte[] root, _) = edge;
        if (size >= _roots.Count || !StoredEvent.Same(_roots[(int)size], root))
        {
            string expected = size < _roots.Count ? $"root {_roots[(int)size]}" : $"at most {_heads.Count} ticks";
            Findings.Add(size - 1, FindingKind.Checkpoint, expected, $"a checkpoint of size {size} with root {StoredEvent.Hex(root)}");
        }
        else if (FaultOf(size, note) is { } fault)
        {
            Findings.Add(size - 1, FindingKind.CheckpointNote, $"the signed checkpoint of size {size}", fault);
        }
        else if (!edge.IsSound)
        {
            Findings.Add(size - 1, FindingKind.Node, $"the subtrees of the checkpoint of size {size}", "others");
        }
    }

    private string? FaultOf(long size, string note)
    {
        string origin = OriginAt(size - 1);
        return Key is null ? "no key to check it with" : StoredCheckpoint.Fault(note, origin, size, _roots[(int)size], LedgerIdentity.KeyOf(Key, origin));
    }

    /// <summary>A leaf that renames the log, in the shape of the tick whose place it has.</summary>
    private static TickLeaf? TickOf(byte[] leaf) => OriginLeaf.Parse(leaf) is { } renamed
        ? new TickLeaf(renamed.Origin, renamed.Seq, renamed.Time, Digest.Zero, renamed.Previous)
        : TickLeaf.Parse(leaf);

    /// <summary>A later name; the one before it may have been lost with its leaves.</summary>
    private bool Follows(string name, string before)
    {
        int? current = LedgerIdentity.GenerationOf(_origins[0].Name, _origins[^1].Name);
        int? last = LedgerIdentity.GenerationOf(_origins[0].Name, before);
        return current <= last && last < LedgerIdentity.GenerationOf(_origins[0].Name, name);
    }

    private void JudgeFile(byte[]? signed, int published)
    {
        if (signed is null)
        {
            if (published > 0)
            {
                Findings.Add(null, FindingKind.SignedLast, "checkpoints/instance.checkpoint", "no such file");
            }

            return;
        }

        if (Key is null
            || SignedNote.Parse(signed) is not SignedNoteParse.Parsed { Note: { } note }
            || note.Verify([Key]) is not NoteVerification.Verified
            || Checkpoint.Parse(note.Text.Span) is not CheckpointParse.Parsed { Checkpoint: { } checkpoint }
            || checkpoint.Origin != Key.Name)
        {
            Findings.Add(null, FindingKind.SignedLast, "a checkpoint of this installation in checkpoints/instance.checkpoint", "something else");
        }
        else if (checkpoint.Size >= _roots.Count || _roots[(int)checkpoint.Size] != checkpoint.Root)
        {
            Findings.Add(
                checkpoint.Size - 1,
                FindingKind.SignedLast,
                $"size {checkpoint.Size} with root {checkpoint.Root}",
                checkpoint.Size < _roots.Count ? $"root {_roots[(int)checkpoint.Size]}" : $"{_heads.Count} ticks");
        }
    }

    private static string Name(NodeBlock block) => string.Create(CultureInfo.InvariantCulture, $"tick node {block.Height}/{block.Index}");
}
