using System.CommandLine;
using Munshi.Audit.Checkpoints;
using Munshi.Audit.Export;
using Munshi.Audit.Restoring;
using Munshi.Audit.Verifying;
using Munshi.Audit.Witnesses;
using Munshi.CommandLine;
using Munshi.Database;
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
        command.Subcommands.Add(Restore());
        command.Subcommands.Add(WitnessesVerb.Build());
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
        Option<bool> record = new("--record") { Description = "Make the result a leaf of every log" };
        Option<bool> json = VerbOptions.Json();
        Command command = new("verify", "Check every entry, and that entries and records match both ways") { workspace, fromScratch, record, json };
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

            await RecordAsync(installation, report, isWhole: only is null, asLeaf: parsed.GetValue(record), cancellationToken);
            if (report.IsOk)
            {
                installation.Get<HeadsService>().RecordOnce(); // after the comparison: heads recorded before it would hide lost ones
            }

            return report.IsOk ? 0 : 1;
        }, alsoClosed: true);
        return command;
    }

    private static Command Restore()
    {
        Option<bool> json = VerbOptions.Json();
        Option<bool> gone = new("--leaves-are-gone") { Description = "Where the kept leaves do not reach and no copy of them is left: go on under another name" };
        Command command = new(
            "restore-ceremony",
            "After a backup was restored, and only then: put back the leaves that were signed since, say in each log what was lost, and send and answer nothing a second time") { gone, json };
        command.OnInstallation(VerbOptions.Data(), async (installation, parsed, cancellationToken) =>
        {
            RestoreOutcome outcome;
            try
            {
                outcome = await installation.Get<RestoreCeremony>().RunAsync(parsed.GetValue(gone), cancellationToken);
            }
            catch (SigningRefusedException refused)
            {
                throw new RefusalException($"Nothing was put back: {refused.Message}.");
            }

            await CatchUpAsync(installation, cancellationToken);
            Console.Out.Write(parsed.GetValue(json)
                ? System.Text.Json.JsonSerializer.Serialize(new
                {
                    restored = outcome.Told.Select(one => new { log = one.Range.Log, first = one.Range.First, last = one.Range.Last, uncovered = one.Uncovered, workspaceLost = one.IsWorkspaceLost }),
                    name = outcome.Name,
                }) + "\n"
                : Told(outcome));
            return 0;
        }, alsoClosed: true);
        return command;
    }

    private const string WorkspaceLost =
        "A workspace is younger than this backup: its people, conversations, settings and keys are not in it. If there is a newer backup, stop, restore that one and run this again. "
        + "If not, tell its owner; ./munshi workspace create makes a new workspace, and its number must be connected again. What Meta delivers for it until then is refused or quarantined.\n";

    private static string Told(RestoreOutcome outcome) => outcome switch
    {
        { Name: { } name } => $"Signed leaves are gone: the ledger goes on as {name}, and its first leaf under that name says after which checkpoint.\n",
        { Told.Count: 0 } => "Nothing was missing: the database holds all that was signed.\n",
        _ => string.Concat(outcome.Told.Select(Told)) + (outcome.Told.Any(one => one.IsWorkspaceLost) ? WorkspaceLost : ""),
    };

    private static string Told(ToldRestore told) =>
        $"{told.Range.Log}  {(told.IsWorkspaceLost ? "a workspace that this backup does not know, " : "")}rows {told.Range.First} to {told.Range.Last}: leaves put back, contents lost\n"
        + (told.Uncovered == 0 ? "" : $"{told.Range.Log}  not covered by a signature: rows {told.Range.Last + 1 - told.Uncovered} to {told.Range.Last}; each continues the row before it, nothing else speaks for them\n");

    /// <summary>What a database that no longer carries its promises refuses to keep is on the screen all the same.</summary>
    private static async Task RecordAsync(Installation installation, LedgerReport report, bool isWhole, bool asLeaf, CancellationToken cancellationToken)
    {
        VerificationRecord record = new(
            Guid.NewGuid(), TimeProvider.System.GetMicrosecondNow(), VerificationScope.Full, report.Entries, report.Findings.LongCount(), report.FirstBad);
        try
        {
            if (isWhole)
            {
                await installation.Get<VerificationHistory>().AddAsync(record, cancellationToken);
            }

            if (asLeaf && installation.Get<DatabaseGate>().IsOpen)
            {
                await installation.Get<VerificationLeaves>().AddAsync(record.Id, report, cancellationToken);
            }
        }
        catch (Npgsql.PostgresException)
        {
            await Console.Error.WriteLineAsync("The result could not be recorded in the database.");
        }
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
