using System.Globalization;

namespace Munshi.Bench.Verifying;

/// <summary>One log at one size, and what was measured of it, a value a round.</summary>
/// <param name="Entries">Its size.</param>
/// <param name="HasRecords">Whether its entries tell of records.</param>
/// <param name="Drain">Events a second; none where it was not measured.</param>
/// <param name="Export">Up to that size.</param>
internal sealed record VerifiedLog(long Entries, bool HasRecords, IReadOnlyList<double> Drain, ExportedLog Export)
{
    private const double Megabyte = 1e6;

    public List<Spent> Copy { get; } = [];

    public List<Spent> Verify { get; } = [];

    public List<Spent> Hash { get; } = [];

    public List<Spent> VerifyExport { get; } = [];

    private string Name => string.Create(CultureInfo.InvariantCulture, $"{Entries:#,0} entries{(HasRecords ? " with records" : "")}");

    private Measure DrainRate => new($"{Name}: drain", "events/s", Drain);

    private Measure VerifyRate => new($"{Name}: verified from the database", "rows/s", Rates(Verify, Entries));

    private Measure ExportRate => new($"{Name}: verified of an export", "rows/s", Rates(VerifyExport, Entries));

    public IEnumerable<Measure> Measures()
    {
        Measure copyCore = new($"{Name}: COPY, a core", "rows/s", CoreRates(Copy, Entries));
        Measure verifyCore = new($"{Name}: verified from the database, a core", "rows/s", CoreRates(Verify, Entries));
        Measure hashed = new($"{Name}: SHA-256 of the export's bytes, a core", "MB/s", CoreRates(Hash, Export.Bytes / Megabyte));
        Measure exportCore = new($"{Name}: verified of an export, a core", "rows/s", CoreRates(VerifyExport, Entries), AtLeast: 1_000_000);
        Measure exportBytes = new($"{Name}: verified of an export, a core, in bytes", "MB/s", CoreRates(VerifyExport, Export.Bytes / Megabyte));
        Measure copyRate = new($"{Name}: COPY", "rows/s", Rates(Copy, Entries));
        return
        [
            .. Drain.Count > 0 ? (Measure[])[DrainRate] : [],
            copyRate, VerifyRate, copyCore, verifyCore,
            verifyCore.Over(copyCore, $"{Name}: verified over COPY, a core", 0.7),
            VerifyRate.Over(copyRate, $"{Name}: verified over COPY, by the clock"),
            hashed, ExportRate, exportCore, exportBytes,
            exportBytes.Over(hashed, $"{Name}: verified of an export over SHA-256, a core", 0.5),
        ];
    }

    /// <summary>How much slower it is than when the log was smaller.</summary>
    public IEnumerable<Measure> GrowthFrom(VerifiedLog smaller)
    {
        string growth = string.Create(CultureInfo.InvariantCulture, $"at {smaller.Entries:#,0} over at {Entries:#,0} entries");
        return
        [
            smaller.DrainRate.Over(DrainRate, $"growth, drain: {growth}", below: 1.2),
            smaller.VerifyRate.Over(VerifyRate, $"growth, verified from the database: {growth}", below: 1.2),
            smaller.ExportRate.Over(ExportRate, $"growth, verified of an export: {growth}", below: 1.2),
        ];
    }

    private static double[] Rates(List<Spent> spent, double amount) => [.. spent.Select(one => amount / one.Seconds)];

    private static double[] CoreRates(List<Spent> spent, double amount) => [.. spent.Select(one => amount / one.CpuSeconds)];
}
