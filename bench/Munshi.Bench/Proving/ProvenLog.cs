using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using Munshi.Audit.Proving;
using Munshi.Database;
using Munshi.Ledger;
using Munshi.Ledger.Merkle;

namespace Munshi.Bench.Proving;

/// <summary>One log at one size, and how long its proofs took, in milliseconds, a value a round.</summary>
internal sealed class ProvenLog(CopiedLog log, Databases databases)
{
    private readonly StoredProofs _inclusion = new(databases.Reader, log.Id);
    private readonly StoredProofs _consistency = new(databases.Reader, log.Id);
    private readonly ProofReader _reader = new(databases);
    private readonly List<double> _inclusion50 = [], _inclusion99 = [], _consistency50 = [], _consistency99 = [], _whole50 = [], _whole99 = [];

    private string Name => string.Create(CultureInfo.InvariantCulture, $"{log.Size:#,0} entries");

    /// <summary>Makes proofs that are checked against the signed root, one of each kind for each root that is kept.</summary>
    /// <exception cref="InvalidOperationException">One does not hold.</exception>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        foreach ((long older, Digest root) in log.Roots)
        {
            LedgerProof proof = await _reader.ProveAsync(log.Id, older, cancellationToken) ?? throw new InvalidOperationException("There is no proof.");
            Digest signed = proof.OfRow.Checkpoint.Root;
            Digest[] hashes = await _inclusion.InclusionAsync(older, log.Size, cancellationToken);
            Digest[] between = await _consistency.ConsistencyAsync(older, log.Size, cancellationToken);
            if (proof.OfRow.Checkpoint.Size != log.Size
                || proof.OfHead is null
                || !hashes.SequenceEqual(proof.OfRow.Hashes)
                || InclusionProof.Verify((ulong)older, (ulong)log.Size, TreeHash.OfLeaf(proof.Leaf), hashes, signed) is not ProofVerdict.Valid
                || ConsistencyProof.Verify((ulong)older, (ulong)log.Size, root, signed, between) is not ProofVerdict.Valid)
            {
                throw new InvalidOperationException($"A proof for entry {older} of {log.Size} does not hold.");
            }
        }
    }

    /// <summary>One proof after the other, of entries and sizes by chance.</summary>
    public async Task MeasureAsync(int count, CancellationToken cancellationToken)
    {
        await TimeAsync(count, index => _inclusion.InclusionAsync(index, log.Size, cancellationToken), _inclusion50, _inclusion99);
        await TimeAsync(count, index => _consistency.ConsistencyAsync(index + 1, log.Size, cancellationToken), _consistency50, _consistency99);
        await TimeAsync(count, index => _reader.ProveAsync(log.Id, index, cancellationToken), _whole50, _whole99);
        Console.Error.WriteLine($"{Name}: inclusion {_inclusion50[^1]:F3} ms, consistency {_consistency50[^1]:F3} ms, whole {_whole50[^1]:F3} ms");
    }

    public IEnumerable<Measure> Measures()
    {
        int levels = 64 - BitOperations.LeadingZeroCount((ulong)log.Size - 1);
        return
        [
            new($"{Name}: inclusion, p50", "ms", _inclusion50, Below: 1),
            new($"{Name}: inclusion, p99", "ms", _inclusion99),
            new($"{Name}: consistency, p50", "ms", _consistency50, Below: 1),
            new($"{Name}: consistency, p99", "ms", _consistency99),
            new($"{Name}: whole proof of a row and its head, p50", "ms", _whole50, Below: 1),
            new($"{Name}: whole proof of a row and its head, p99", "ms", _whole99),
            new($"{Name}: rows read for an inclusion proof, most; {levels} levels", "rows", [_inclusion.MostRows], Below: levels + 1),
            new($"{Name}: rows read for a consistency proof, most; {levels} levels", "rows", [_consistency.MostRows], Below: levels + 1),
        ];
    }

    public IEnumerable<Measure> GrowthFrom(ProvenLog smaller)
    {
        Measure[] own = [.. Measures()], before = [.. smaller.Measures()];
        return new[] { (0, "inclusion"), (2, "consistency"), (4, "whole proof") }.Select(one =>
            own[one.Item1].Over(before[one.Item1], $"growth, {one.Item2}, p50: at {Name} over at {smaller.Name}", below: 1.2));
    }

    private async Task TimeAsync(int count, Func<long, Task> prove, List<double> half, List<double> most)
    {
        double[] milliseconds = new double[count];
        for (int i = 0; i < count; i++)
        {
            int index = RandomNumberGenerator.GetInt32(log.Size - 1);
            long began = Stopwatch.GetTimestamp();
            await prove(index);
            milliseconds[i] = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        }

        Array.Sort(milliseconds);
        half.Add(Samples.Percentile(milliseconds, 0.5));
        most.Add(Samples.Percentile(milliseconds, 0.99));
    }
}
