using Munshi.Audit.Export;
using Munshi.Database;
using Munshi.Tests.Import;
using Munshi.Tests.Postgres;
using Munshi.Tests.Running;

namespace Munshi.Tests.Audit.Export;

/// <summary>A server with a customer's chat and an import, and its log exported before and after the import. Tests alter copies.</summary>
public sealed class ExportedWorkspace(PostgresTemplate postgres) : IAsyncLifetime
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly string _directory = Directory.CreateTempSubdirectory("munshi-test-export-").FullName;
    private int _copies;

    internal RunningServer Server { get; private set; } = null!;

    /// <summary>The chat alone.</summary>
    internal string Early => Path.Combine(_directory, "early");

    /// <summary>The chat and 600 imported messages: three tiles.</summary>
    internal string Whole => Path.Combine(_directory, "whole");

    internal ExportOutcome.Written Written { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Server = await RunningServer.StartAsync(postgres, CancellationToken.None);
        using (SandboxPhone phone = new(Server, "919000002001"))
        {
            await phone.AskAsync("What are your timings?", CancellationToken.None);
            await phone.AskAsync("PERSON", CancellationToken.None);
        }

        await Server.SettledAsync();
        Assert.IsType<ExportOutcome.Written>(await WriteAsync(Early));
        ExportedChat.Done(await Server.ImportAsync(ExportedChat.Of(600), "919000002002"));
        Written = Assert.IsType<ExportOutcome.Written>(await WriteAsync(Whole));
    }

    /// <summary>Exports once everything is signed.</summary>
    internal async Task<ExportOutcome> WriteAsync(string directory)
    {
        await SignedAsync();
        return await Server.Get<LedgerExport>().WriteAsync(Server.ClientId, directory, TextWriter.Null, CancellationToken.None);
    }

    /// <summary>A new name in the test's directory.</summary>
    internal string NewDirectory() => Path.Combine(_directory, $"copy-{Interlocked.Increment(ref _copies)}");

    /// <summary>A copy of an export, to be altered.</summary>
    internal string Copy(string export)
    {
        string copy = NewDirectory();
        foreach (string file in Directory.EnumerateFiles(export, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(copy, Path.GetRelativePath(export, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            if (Path.GetFileName(file) != "munshi-verify")
            {
                File.Copy(file, target);
            }
        }

        return copy;
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private async Task SignedAsync()
    {
        const string Unsigned =
            """
            SELECT (SELECT count(*) FROM audit.event WHERE client_id = $1) - coalesce((
                SELECT max(c.size) FROM ledger.checkpoint c
                WHERE c.client_id = $1 AND c.tick < (SELECT max(size) FROM ledger.instance_checkpoint)), 0)
            """;
        using CancellationTokenSource deadline = new(Deadline);
        while (await Server.Get<Databases>().Reader.RowAsync(new Statement(Unsigned).Uuid(Server.ClientId), row => row.GetInt64(0), deadline.Token) > 0)
        {
            await Task.Delay(50, deadline.Token);
        }
    }
}
