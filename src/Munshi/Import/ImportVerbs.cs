using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Munshi.Audit;
using Munshi.CommandLine;
using Munshi.Vault.Importing;
using Munshi.Workspaces;

namespace Munshi.Import;

/// <summary><c>munshi chat imports|report|withdraw</c>.</summary>
internal static class ImportVerbs
{
    public static Command List()
    {
        Option<string> workspace = VerbOptions.Workspace();
        Option<bool> json = VerbOptions.Json();
        Command command = new("imports", "Show the imports of a workspace, newest first") { workspace, json };
        command.OnInstallation(VerbOptions.Data(), async (installation, parsed, cancellationToken) =>
        {
            Guid clientId = await WorkspaceVerbs.RequireAsync(installation, parsed.GetRequiredValue(workspace), cancellationToken);
            ImportList list = installation.Get<ImportList>();
            Guid? before = null;
            do
            {
                IReadOnlyList<ImportListing> page = await list.ReadAsync(clientId, before, cancellationToken);
                foreach (ImportListing import in page)
                {
                    Console.WriteLine(parsed.GetValue(json) ? Json(import) : Line(import));
                }

                before = page.Count == ImportList.PageSize ? page[^1].Id : null;
            }
            while (before is not null);
            return 0;
        });
        return command;
    }

    public static Command Report()
    {
        Argument<Guid> import = new("IMPORT") { Description = "Its id, as ./munshi chat imports shows it" };
        Option<string> workspace = VerbOptions.Workspace();
        Option<bool> json = VerbOptions.Json();
        Command command = new("report", "Show what an import decided, record by record, and what of the same stretch its file does not hold") { import, workspace, json };
        command.OnInstallation(VerbOptions.Data(), async (installation, parsed, cancellationToken) =>
        {
            string handle = parsed.GetRequiredValue(workspace);
            Guid importId = parsed.GetRequiredValue(import);
            Guid clientId = await WorkspaceVerbs.RequireAsync(installation, handle, cancellationToken);
            ImportDecisions decisions = installation.Get<ImportDecisions>();
            if (!await decisions.IsThereAsync(clientId, importId, cancellationToken))
            {
                throw new RefusalException($"Workspace '{handle}' has no such import; ./munshi chat imports --workspace {handle} shows them.");
            }

            await foreach (ImportDecision decision in decisions.ReadAsync(clientId, importId, cancellationToken))
            {
                Console.WriteLine(parsed.GetValue(json) ? Json(decision) : Line(decision));
            }

            return 0;
        });
        return command;
    }

    public static Command Withdraw()
    {
        Argument<Guid> import = new("IMPORT") { Description = "Its id, as ./munshi chat imports shows it" };
        Option<string> workspace = VerbOptions.Workspace();
        Command command = new("withdraw", "Take an import back as a whole; the same file imported again puts it back") { import, workspace };
        command.OnInstallation(VerbOptions.Data(), async (installation, parsed, cancellationToken) =>
        {
            string handle = parsed.GetRequiredValue(workspace);
            Guid clientId = await WorkspaceVerbs.RequireWholeAsync(installation, handle, cancellationToken);
            if (!await installation.Get<ImportWithdrawals>().WithdrawAsync(clientId, parsed.GetRequiredValue(import), Actor.Operator, cancellationToken))
            {
                throw new RefusalException($"Workspace '{handle}' has no such import that stands; ./munshi chat imports --workspace {handle} shows them.");
            }

            Console.WriteLine("Took the import back; what only it saw is not shown any more.");
            return 0;
        });
        return command;
    }

    private static string Json(ImportListing import) => JsonSerializer.Serialize(new
    {
        id = import.Id,
        at = import.At,
        file = import.File,
        added = import.New,
        already = import.Same,
        changed = import.Changed,
        files = import.Files,
        withdrawn = import.IsWithdrawn,
    });

    private static string Json(ImportDecision decision) => JsonSerializer.Serialize(new
    {
        record = decision.Record,
        outcome = decision.Outcome,
        message = decision.MessageId,
        kind = decision.Kind,
        at = decision.At,
        differs = decision.Differs,
    });

    private static string Line(ImportDecision decision) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(decision.Record + 1)?.ToString(CultureInfo.InvariantCulture) ?? "-"}\t{decision.Outcome}{(decision.Differs ? ", said otherwise" : "")}\t{decision.Kind}\t{decision.At:yyyy-MM-dd HH:mm}Z\t{decision.MessageId}");

    private static string Line(ImportListing import) => string.Create(
        CultureInfo.InvariantCulture,
        $"{import.Id}\t{import.At:yyyy-MM-dd HH:mm}Z\t{TerminalText.Line(import.File ?? "(name erased)")}\t{import.New} added, {import.Same} stood already, {import.Changed} changes, {import.Files} files{(import.IsWithdrawn ? ", taken back" : "")}");
}
