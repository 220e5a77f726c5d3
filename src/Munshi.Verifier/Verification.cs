using System.Collections.Concurrent;
using Munshi.Ledger;
using Munshi.Ledger.Tiles;

namespace Munshi.Verifier;

/// <summary>One run over an export, on all cores. Memory: for each core a tile and the records of a few, and 32 bytes a tile.</summary>
internal sealed class Verification(VerifyOptions options, TimeProvider clock)
{
    /// <summary>Neighbouring tiles that a core checks together.</summary>
    private const int TilesAtOnce = 8;

    private readonly Findings _findings = new();

    public Report Run()
    {
        long start = clock.GetTimestamp();
        ExportDirectory export = new(options.Directory, _findings, "");
        TrustCheck trust = new(export, _findings);
        InstanceCheck instance = new(export, _findings, trust);
        SignedLog? signed = export.IsOfFiles() ? trust.Run(options.Policy) : null;
        (long records, long erased, long lost, long withheld) = (0, 0, 0, 0);
        RestoreList? restores = null;
        ErasureList? erasures = null;
        if (signed is not null && export.CanHave(signed.Checkpoint.Size))
        {
            instance.Run(signed);
            new StampCheck(export, _findings).Run();
            restores = new RestoreList(export, _findings, signed);
            erasures = new ErasureList(export, _findings, signed);
            (records, erased, lost, withheld) = CheckEntries(export, signed, restores, erasures);
            export.CheckExtra(signed.Checkpoint.Size);
            if (options.Against is { } against)
            {
                new AgainstCheck(export, _findings, trust, signed, restores).Run(against);
            }
        }

        return new Report
        {
            Log = signed?.Log,
            Entries = signed?.Checkpoint.Size ?? 0,
            Records = records,
            Erased = erased,
            Lost = lost,
            Withheld = withheld,
            Erasures = erasures?.Erasures ?? [],
            Restores = restores?.Restores ?? [],
            Names = restores?.Names ?? [],
            Key = signed?.Key?.ToString(),
            KeyIsGiven = options.Policy is not null,
            Tick = instance.Tick,
            Witnesses = instance.Witnesses,
            Findings = _findings.InOrder(),
            FindingCount = _findings.Count,
            Duration = clock.GetElapsedTime(start),
        };
    }

    private (long Records, long Erased, long Lost, long Withheld) CheckEntries(ExportDirectory export, SignedLog signed, RestoreList restores, ErasureList erasures)
    {
        using RecordLines lines = new(export, _findings);
        ShredList shredded = new(export, _findings, signed.Checkpoint.Size);
        RecordCheck records = new(_findings, shredded, restores, erasures);
        TileCheck tiles = new(export, _findings, signed, records);
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
                if (work.Records is { } taken)
                {
                    lines.Return(taken);
                }

                return buffers;
            },
            _ => { });
        if (lines.NextSeq is { } beyond)
        {
            _findings.Add(ExportDirectory.Records, beyond, FindingKind.RecordExtra, "no record beyond the last entry", "one");
        }

        new TreeCheck(export, _findings, signed).Run(subtrees);
        return (lines.Count, records.Erased, records.Lost, records.Withheld);
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
