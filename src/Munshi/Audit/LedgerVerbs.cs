using System.CommandLine;
using Munshi.Audit.Export;
using Munshi.CommandLine;
using Munshi.Database.Manifest;
using Munshi.Proofs;
using Munshi.Workspaces;

namespace Munshi.Audit;

/// <summary><c>munshi ledger</c>.</summary>
internal static class LedgerVerbs
{
    public static Command Build()
    {
        Command command = new("ledger", "The record that nothing was altered");
        command.Subcommands.Add(Verify());
        command.Subcommands.Add(ExportVerb.Build());
        foreach (Command proof in ProofVerbs.Build())
        {
            command.Subcommands.Add(proof);
        }

        return command;
    }

    private static Command Verify()
    {
        Option<string?> workspace = new("--workspace") { Description = "Only this workspace's log", HelpName = "W" };
        Option<bool> fromScratch = new("--from-scratch") { Description = "Check from the first entry; always done" };
        Option<bool> json = VerbOptions.Json();
        Command command = new("verify", "Check every entry, and that entries and records match both ways") { workspace, fromScratch, json };
        command.OnInstallation(VerbOptions.Data(), async (installation, parsed, cancellationToken) =>
        {
            Guid? only = parsed.GetValue(workspace) is { } slug ? await WorkspaceVerbs.RequireAsync(installation, slug, cancellationToken) : null;
            await CatchUpAsync(installation, cancellationToken);
            LedgerReport report = await installation.Get<LedgerVerifier>().VerifyAsync(only, cancellationToken);
            if (parsed.GetValue(json))
            {
                LedgerReportWriter.WriteJson(report, Console.Out);
            }
            else
            {
                LedgerReportWriter.WriteText(report, Console.Out);
            }

            if (report.IsOk)
            {
                installation.Get<HeadsService>().RecordOnce(); // after the comparison: heads recorded before it would hide lost ones
            }

            return report.IsOk ? 0 : 1;
        }, alsoClosed: true);
        return command;
    }

    /// <summary>Without a server, what it left when it ended is chained first; beside one, the server leads and this does nothing.</summary>
    internal static async Task CatchUpAsync(Installation installation, CancellationToken cancellationToken)
    {
        await installation.Get<DatabaseGate>().CheckAsync(cancellationToken);
        while (await installation.Get<Sequencer>().DrainOnceAsync(cancellationToken) > 0)
        {
        }
    }
}
