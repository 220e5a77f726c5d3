using System.Collections.Concurrent;
using Munshi.Ledger;
using Munshi.Ledger.Tiles;

namespace Munshi.Verifier;

/// <summary>One run over an export, on all cores. Memory: for each core a tile and the records of a few, and 32 bytes a tile.</summary>
internal sealed class Verification(VerifyOptions options, TimeProvider clock)
{
    /// <summary>More would not fit into memory at 32 bytes a tile.</summary>
    private const long MostEntries = 1L << 34;

    /// <summary>Neighbouring tiles that a core checks together.</summary>
    private const int TilesAtOnce = 8;

    private readonly Findings _findings = new();

    public Report Run()
    {
        long start = clock.GetTimestamp();
        ExportDirectory export = new(options.Directory, _findings, "");
        TrustCheck trust = new(export, _findings);
        InstanceCheck instance = new(export, _findings, trust);
        SignedLog? signed = trust.Run(options.Policy is { } policy ? File.ReadAllBytes(policy) : null);
        long records = 0;
        if (signed is not null && CanBe(export, signed))
        {
            instance.Run(signed);
            records = CheckEntries(export, signed);
            export.CheckExtra(signed.Checkpoint.Size);
            if (options.Against is { } against)
            {
                new AgainstCheck(export, _findings, trust, signed).Run(against);
            }
        }

        return new Report
        {
            Log = signed?.Log,
            Entries = signed?.Checkpoint.Size ?? 0,
            Records = records,
            Key = signed?.Key?.ToString(),
            KeyIsGiven = options.Policy is not null,
            Tick = instance.Tick,
            Witnesses = instance.Witnesses,
            Findings = _findings.InOrder(),
            FindingCount = _findings.Count,
            Duration = clock.GetElapsedTime(start),
        };
    }

    /// <summary>Whether the last tile is there at all: a size of 2^60 is not gone through tile by tile to say that none is.</summary>
    private bool CanBe(ExportDirectory export, SignedLog signed)
    {
        TilePath last = TileSet.Of((ulong)signed.Checkpoint.Size) switch
        {
            [] => TilePath.OfHashes(0, 0),
            [{ PartialWidth: 0 } full, ..] => TilePath.OfHashes(0, full.Full - 1),
            [var partial, ..] => TilePath.OfHashes(0, partial.Full, partial.PartialWidth),
        };
        if (signed.Checkpoint.Size <= MostEntries && File.Exists(export.PathOf(last.ToString())))
        {
            return true;
        }

        _findings.Add(last.ToString(), null, FindingKind.FileMissing, "the last hashes of the checkpoint's size", "none");
        return false;
    }

    private long CheckEntries(ExportDirectory export, SignedLog signed)
    {
        using RecordLines lines = new(export, _findings);
        ShredList shredded = new(export, _findings, signed.Checkpoint.Size);
        TileCheck tiles = new(export, _findings, signed, new RecordCheck(_findings, shredded));
        TilePath[] paths = [.. TileSet.Of((ulong)signed.Checkpoint.Size)[0].Paths()];
        Digest[]?[] subtrees = new Digest[]?[paths.Length];
        ParallelOptions cores = new() { MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.ForEach(
            Partitioner.Create(Work(paths, lines), EnumerablePartitionerOptions.NoBuffering),
            cores,
            () => new TileBuffers(),
            (work, _, buffers) =>
            {
                tiles.Run(work, buffers, subtrees);
                return buffers;
            },
            _ => { });
        TakenLines beyond = lines.TakeBefore(long.MaxValue);
        for (int place = 0; place < beyond.Count; place++)
        {
            _findings.Add(ExportDirectory.Records, beyond.SeqOf(place), FindingKind.RecordExtra, "no record beyond the last entry", "one");
        }

        new TreeCheck(export, _findings, signed).Run(subtrees);
        return lines.Count;
    }

    private static IEnumerable<TileWork> Work(TilePath[] paths, RecordLines lines)
    {
        for (int start = 0; start < paths.Length; start += TilesAtOnce)
        {
            ArraySegment<TilePath> tiles = new(paths, start, Math.Min(TilesAtOnce, paths.Length - start));
            long end = ((long)tiles[^1].Index * TilePath.FullWidth) + tiles[^1].Width;
            yield return new TileWork(tiles, lines.Exist ? lines.TakeBefore(end) : null);
        }
    }
}
