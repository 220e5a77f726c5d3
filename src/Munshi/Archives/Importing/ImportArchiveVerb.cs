using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Munshi.Access;
using Munshi.CommandLine;
using Munshi.Import;
using Munshi.Ledger;

namespace Munshi.Archives.Importing;

/// <summary><c>munshi workspace import</c>.</summary>
internal static class ImportArchiveVerb
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static Command Build()
    {
        Argument<string> directory = new("DIR") { Description = "The archive, as workspace export wrote it" };
        Option<string> workspace = new("--workspace") { Description = "The new workspace's handle, which is free: 1 to 48 of a–z, 0–9 and hyphen", Required = true, HelpName = "W" };
        Option<string?> policy = new("--policy") { Description = "Trust only the logs in FILE (C2SP tlog-policy), not the key that the archive brings", HelpName = "FILE" };
        Option<bool> json = VerbOptions.Json();
        Command command = new(
            "import",
            "Read the archive of a workspace into a new workspace of this installation; the same again goes on where it was broken off. Checks the signature over the archive and every file; munshi-verify DIR checks its ledger")
        {
            directory, workspace, policy, json,
        };
        command.OnInstallation(VerbOptions.Data(), async (installation, parsed, cancellationToken) =>
        {
            string handle = parsed.GetRequiredValue(workspace);
            string? given = parsed.GetValue(policy);
            ImportedArchive imported = await installation.Get<ArchiveImport>().RunAsync(parsed.GetRequiredValue(directory), given, handle, Console.Error, cancellationToken);
            IReadOnlyDictionary<Guid, Member> members = await installation.Get<Members>().ListAsync(imported.ClientId, cancellationToken);
            bool hasOwner = members.Values.Any(member => member.Role is MemberRole.Owner);
            Console.WriteLine(parsed.GetValue(json)
                ? JsonSerializer.Serialize(
                    new
                    {
                        Workspace = handle,
                        Id = imported.ClientId,
                        Origin = imported.Seal.Log,
                        ExportedAt = LedgerTime.Format(imported.Seal.At),
                        SignedBy = imported.Signer.ToString(),
                        Trust = given is null ? "archive" : "given",
                        imported.WasThere,
                        imported.Lines,
                        imported.FilesWithout,
                        imported.Unseen,
                        HasOwner = hasOwner,
                    },
                    Json)
                : Sentences(imported, handle, given is not null, hasOwner));
            return 0;
        });
        return command;
    }

    private static string Sentences(ImportedArchive imported, string handle, bool isGiven, bool hasOwner)
    {
        string signed = string.Create(
            CultureInfo.InvariantCulture,
            $"Signed by {TerminalText.Line(imported.Signer.Name)}, key {imported.Signer.KeyId:x8}, at {LedgerTime.Format(imported.Seal.At)}")
            + (isGiven ? "." : ": the key that the archive brings itself. --policy FILE holds it to one that you know.");
        if (imported.WasThere)
        {
            return $"{signed}\nAll of this archive is in workspace '{handle}' already.";
        }

        return signed
            + string.Create(CultureInfo.InvariantCulture, $"\n{imported.Lines["conversations"]} conversations with {imported.Lines["messages"] - imported.Unseen} messages are in workspace '{handle}'.")
            + (imported.FilesWithout == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"\n{imported.FilesWithout} files that messages tell of are not in the archive; the messages stand without them."))
            + (imported.Unseen == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"\n{imported.Unseen} messages are left out that a chat's import brought while the archive was written: the same chat imported again brings them."))
            + "\nNot taken over: numbers, templates and what customers chose about marketing messages, which hang on a number. Connect one, and the conversations go on with it."
            + (hasOwner
                ? $"\nNobody can sign in yet: ./munshi member sign-in-link --workspace {handle} makes a link for the first owner."
                : $"\nIt has no owner: ./munshi member add --workspace {handle} --name NAME --role owner adds one.");
    }
}
