using Munshi.Audit.Export;
using Munshi.Tests.Audit.Checkpoints;

namespace Munshi.Tests.Audit.Export;

/// <summary>Exports of a signed database, in a directory of their own.</summary>
internal sealed class ExportedLedger(SignedDatabase signed) : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("munshi-test-ledger-export-").FullName;

    /// <summary>A name in the test's directory; nothing is there yet.</summary>
    public string PathOf(string name) => Path.Combine(_directory, name);

    public Task<ExportOutcome> WriteAsync(Guid log, string name) =>
        new LedgerExport(signed.Databases, signed.Audited.HeadsFile, signed.File, signed.Data, [signed.Audited.Records], TimeProvider.System)
            .WriteAsync(log, PathOf(name), TextWriter.Null, TestContext.Current.CancellationToken);

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
