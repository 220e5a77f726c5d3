using System.Globalization;
using Munshi.Ledger;
using Munshi.Ledger.Merkle;
using Munshi.Ledger.Notes;
using Munshi.Ledger.Tiles;

namespace Munshi.Verifier;

/// <summary>Whether an export and another one, or a checkpoint that was kept, tell one history: the longer continues the shorter.</summary>
/// <param name="export">The export that is checked.</param>
/// <param name="findings">Gets what is found.</param>
/// <param name="trust">Reads the other checkpoint.</param>
/// <param name="signed">The export's own.</param>
/// <param name="restores">The names that the ledger had before.</param>
internal sealed class AgainstCheck(ExportDirectory export, Findings findings, TrustCheck trust, SignedLog signed, RestoreList restores)
{
    private const string Label = "--against ";

    /// <param name="against">A directory or a file that is there.</param>
    public void Run(string against)
    {
        ExportDirectory? other = Directory.Exists(against) ? new ExportDirectory(against, findings, Label) : null;
        string file = Label + ExportDirectory.Checkpoint;
        if (other is not null && !other.IsOfFiles())
        {
            return;
        }

        byte[]? note = other is not null ? other.Read(ExportDirectory.Checkpoint) : new ExportDirectory(against, findings, file).Read("");
        if (signed.Key is null || note is null || trust.Open(note, file, KeyOf) is not { } checkpoint || KeyOf(checkpoint.Origin)!.Name != checkpoint.Origin)
        {
            return;
        }

        if (MostUnder(checkpoint.Origin) is { } most && checkpoint.Size > most)
        {
            findings.Add(
                file, null, FindingKind.Form, string.Create(CultureInfo.InvariantCulture, $"under the name before, a checkpoint of at most {most} entries: later ones are lost"),
                string.Create(CultureInfo.InvariantCulture, $"a checkpoint of {checkpoint.Size}"));
            return;
        }

        bool isNewer = checkpoint.Size > signed.Checkpoint.Size;
        if (isNewer && other is null)
        {
            findings.Add(
                file, null, FindingKind.Form, string.Create(CultureInfo.InvariantCulture, $"an export, or a checkpoint of at most {signed.Checkpoint.Size} entries"),
                string.Create(CultureInfo.InvariantCulture, $"a checkpoint of {checkpoint.Size}"));
            return;
        }

        (Checkpoint older, Checkpoint newer, ExportDirectory tree) = isNewer ? (signed.Checkpoint, checkpoint, other!) : (checkpoint, signed.Checkpoint, export);
        (Digest atOlder, Digest atNewer) = Roots(tree, older.Size, newer.Size);
        if (atNewer != newer.Root && isNewer)
        {
            findings.Add(file, null, FindingKind.Root, $"the root {newer.Root}", $"{atNewer} over the hashes in its tile/0");
        }

        if (atOlder != older.Root || (older.Size == newer.Size && older.Root != newer.Root))
        {
            findings.Add(
                ExportDirectory.Checkpoint, other is null ? null : FirstDifference(other, older.Size), FindingKind.Fork,
                string.Create(CultureInfo.InvariantCulture, $"one history: at size {older.Size} the root {checkpoint.Root} of {against}, if that is its size"),
                string.Create(CultureInfo.InvariantCulture, $"{(isNewer ? signed.Checkpoint.Root : atOlder)}: two histories, both signed"));
        }
    }

    /// <summary>The log's key under its own name or one that it had before, as an entry says.</summary>
    private VerifierKey? KeyOf(string origin) =>
        MostUnder(origin) is null ? signed.Key : new VerifierKey(origin, NoteKeyType.Ed25519, signed.Key!.PublicKey.Span);

    /// <summary>How many entries the log has of those under a name that it had before; null where it had no such one.</summary>
    private long? MostUnder(string origin) =>
        restores.Names.FirstOrDefault(name => SignedLog.Join(name.Before, signed.Log) == origin && origin != signed.Checkpoint.Origin)?.Seq;

    private static (Digest AtOlder, Digest AtNewer) Roots(ExportDirectory tree, long older, long newer)
    {
        Frontier frontier = new();
        Digest atOlder = older == 0 ? TreeHash.OfEmptyTree : default;
        foreach (Digest hash in LeafHashes(tree, newer))
        {
            frontier.Append(hash);
            if ((long)frontier.Size == older)
            {
                atOlder = frontier.Root();
            }
        }

        return (atOlder, frontier.Root());
    }

    private long? FirstDifference(ExportDirectory other, long size)
    {
        long seq = 0;
        foreach ((Digest one, Digest two) in LeafHashes(export, signed.Checkpoint.Size).Zip(LeafHashes(other, size)))
        {
            if (one != two)
            {
                return seq;
            }

            seq++;
        }

        return null;
    }

    private static IEnumerable<Digest> LeafHashes(ExportDirectory export, long size)
    {
        foreach (TilePath tile in TileSet.Of((ulong)size).Take(1).SelectMany(level => level.Paths()))
        {
            if (export.Read(tile, (long)tile.Index * TilePath.FullWidth) is not { } bytes)
            {
                yield break;
            }

            for (int at = 0; at < bytes.Length; at += Digest.Length)
            {
                yield return new Digest(bytes.AsSpan(at, Digest.Length));
            }
        }
    }
}
