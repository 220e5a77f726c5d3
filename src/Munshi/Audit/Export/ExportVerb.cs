using System.CommandLine;
using System.Text.Json;
using Munshi.Audit.Checkpoints;
using Munshi.Channels.Egress;
using Munshi.CommandLine;
using Munshi.Database;
using Munshi.Workspaces;

namespace Munshi.Audit.Export;

/// <summary><c>munshi ledger export</c>.</summary>
internal static class ExportVerb
{
    private const string CountIdentities = "SELECT count(*) FROM ledger.identity";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static Command Build()
    {
        Argument<string> directory = new("DIR") { Description = "Where to write it: a new or empty directory" };
        Option<string> workspace = VerbOptions.Workspace();
        Option<bool> json = VerbOptions.Json();
        Command command = new("export", "Write a workspace's log and records as evidence that anyone can check offline") { directory, workspace, json };
        command.OnInstallation(VerbOptions.Data(), async (installation, parsed, cancellationToken) =>
        {
            Guid log = await WorkspaceVerbs.RequireAsync(installation, parsed.GetRequiredValue(workspace), cancellationToken);
            string target = parsed.GetRequiredValue(directory);
            string? refusal = await SignAsync(installation, cancellationToken);
            ExportOutcome outcome = await installation.Get<LedgerExport>().WriteAsync(log, target, Console.Error, cancellationToken);
            if (refusal is not null)
            {
                await Console.Error.WriteLineAsync($"Nothing new was signed: {refusal}.");
            }

            return Tell(outcome, target, parsed.GetValue(json)) && refusal is null ? 0 : 1;
        }, alsoClosed: true);
        return command;
    }

    /// <summary>Without a server, what it left when it ended is chained and signed first; beside one, the server leads and this does nothing.</summary>
    /// <remarks>Never the first signature of an installation: the name that it takes comes from the server's configuration.</remarks>
    /// <returns>Why nothing may be signed; null where it may.</returns>
    internal static async Task<string?> SignAsync(Installation installation, CancellationToken cancellationToken)
    {
        await LedgerVerbs.CatchUpAsync(installation, cancellationToken);
        if (await installation.Get<Databases>().Reader.RowAsync(new Statement(CountIdentities), row => row.GetInt64(0), cancellationToken) == 0)
        {
            return null;
        }

        CheckpointSigner signer = installation.Get<CheckpointSigner>();
        TickOutcome outcome;
        do
        {
            outcome = await signer.TickAsync(CheckpointService.Idle, cancellationToken);
        }
        while (outcome is TickOutcome.Published { IsBehind: true });
        await installation.Get<EgressCounts>().FlushAsync(cancellationToken); // the witnesses were asked
        return (outcome as TickOutcome.Refused)?.Reason;
    }

    internal static string Sentence(LedgerFinding finding) =>
        $"{(finding is { Log: not null, Seq: { } seq } ? $"entry {seq}: " : "")}{JsonNamingPolicy.KebabCaseLower.ConvertName(finding.Kind.ToString())}: expected {finding.Expected}, found {finding.Found}";

    private static bool Tell(ExportOutcome outcome, string directory, bool json)
    {
        switch (outcome)
        {
            case ExportOutcome.NothingSigned:
                throw new RefusalException("No checkpoint of this workspace has been signed yet: the running server does it within a second of the first entry.");
            case ExportOutcome.Incomplete incomplete:
                throw new RefusalException($"There is nothing to export that could be checked: {incomplete.Reason}; ./munshi ledger verify tells more.");
            case ExportOutcome.Written written:
                foreach (LedgerFinding finding in written.Findings)
                {
                    Console.Error.WriteLine(Sentence(finding));
                }

                Console.WriteLine(json
                    ? JsonSerializer.Serialize(
                        new
                        {
                            Directory = Path.GetFullPath(directory),
                            Entries = written.Size,
                            written.Records,
                            written.Erased,
                            written.Lost,
                            written.Later,
                            Root = written.Root.ToString(),
                            Ok = written.Findings.Count == 0,
                            written.HasVerifier,
                        },
                        Json)
                    : Sentence(written, directory));
                return written.Findings.Count == 0;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static string Sentence(ExportOutcome.Written written, string directory) =>
        $"{written.Size} entries and {written.Records} records are in {directory}, up to the newest signed checkpoint; {written.Later} later entries are not."
        + (written.Erased == 0 ? "" : $"\n{written.Erased} records are erased under cases that the log tells of, and the verifiers say so.")
        + (written.Lost == 0 ? "" : $"\n{written.Lost} records are lost in restores that the log tells of, and the verifiers say so.")
        + (written.HasVerifier ? "" : "\nmunshi-verify is not built here, so that only verify.py is with it: scripts/build-verifier.sh builds it.")
        + (written.Findings.Count == 0 ? "" : "\nNOT AS WRITTEN: see above. The export stays, as what is there; ./munshi ledger verify tells more.");
}
