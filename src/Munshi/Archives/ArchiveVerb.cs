using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Munshi.Audit;
using Munshi.Audit.Export;
using Munshi.CommandLine;
using Munshi.Workspaces;

namespace Munshi.Archives;

/// <summary><c>munshi workspace export</c>.</summary>
internal static class ArchiveVerb
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static Command Build()
    {
        Argument<string> directory = new("DIR") { Description = "Where to write it: a new or empty directory" };
        Option<string> workspace = VerbOptions.Workspace();
        Option<string> language = new("--language") { Description = "Of the pages: en, hi or bn", DefaultValueFactory = _ => "en", HelpName = "LANGUAGE" };
        language.AcceptOnlyFromAmong("en", "hi", "bn");
        Option<bool> json = VerbOptions.Json();
        Command command = new("export", "Write a portable, signed archive of one workspace: its messages, files, people and settings, pages to read, and the ledger's evidence")
        {
            directory, workspace, language, json,
        };
        command.OnInstallation(VerbOptions.Data(), async (installation, parsed, cancellationToken) =>
        {
            string slug = parsed.GetRequiredValue(workspace);
            Guid clientId = await WorkspaceVerbs.RequireWholeAsync(installation, slug, cancellationToken);
            string target = parsed.GetRequiredValue(directory);
            string? refusal = await ExportVerb.SignAsync(installation, cancellationToken);
            if (refusal is not null)
            {
                await Console.Error.WriteLineAsync($"Nothing new was signed: {refusal}.");
            }

            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(parsed.GetRequiredValue(language));
            ArchiveOutcome outcome = await installation.Get<WorkspaceArchive>().WriteAsync(clientId, slug, target, Console.Error, cancellationToken);
            return Tell(outcome, target, parsed.GetValue(json)) && refusal is null ? 0 : 1;
        });
        return command;
    }

    private static bool Tell(ArchiveOutcome outcome, string directory, bool json)
    {
        switch (outcome)
        {
            case ArchiveOutcome.Unsigned:
                throw new RefusalException(
                    "No checkpoint of this workspace was signed yet with the key in this data directory: the running server does it within a second of the first entry.");
            case ArchiveOutcome.Incomplete incomplete:
                throw new RefusalException($"There is no archive that could be checked: {incomplete.Reason}; ./munshi ledger verify tells more.");
            case ArchiveOutcome.Written written:
                foreach (LedgerFinding finding in written.Ledger.Findings)
                {
                    Console.Error.WriteLine(ExportVerb.Sentence(finding));
                }

                Console.WriteLine(json
                    ? JsonSerializer.Serialize(
                        new
                        {
                            Directory = Path.GetFullPath(directory),
                            written.Files,
                            written.Conversations,
                            written.Lines,
                            written.LostFiles,
                            Entries = written.Ledger.Size,
                            written.Ledger.Later,
                            written.Ledger.HasVerifier,
                            Ok = written.IsWhole,
                        },
                        Json)
                    : Sentence(written, directory));
                return written.IsWhole;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static string Sentence(ArchiveOutcome.Written written, string directory) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{written.Conversations} conversations with {written.Lines["messages"]} messages are in {directory}, {written.Files} files in all; {written.Ledger.Later} entries of the ledger came after its evidence.")
        + (written.LostFiles == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"\n{written.LostFiles} files that were kept could not be read: \"here\":false in data/media.jsonl names them."))
        + (written.Ledger.HasVerifier ? "" : "\nmunshi-verify is not built here and not with it: scripts/build-verifier.sh builds it.")
        + (written.Ledger.Findings.Count == 0 ? "" : "\nNOT AS WRITTEN: see above. The archive stays, as what is there; ./munshi ledger verify tells more.");
}
