using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Munshi.Archives;
using Munshi.Archives.Importing;
using Munshi.Audit;
using Munshi.CommandLine;

namespace Munshi.Workspaces;

/// <summary><c>munshi workspace create|list|export|import</c>.</summary>
internal static class WorkspaceVerbs
{
    public static Command Build()
    {
        Command command = new("workspace", "The businesses of this installation");
        command.Subcommands.Add(Create());
        command.Subcommands.Add(List());
        command.Subcommands.Add(ArchiveVerb.Build());
        command.Subcommands.Add(ImportArchiveVerb.Build());
        return command;
    }

    /// <summary>The workspace's id.</summary>
    /// <exception cref="RefusalException">There is none with that handle.</exception>
    public static async Task<Guid> RequireAsync(Installation installation, string slug, CancellationToken cancellationToken) =>
        await installation.Get<WorkspaceRegistry>().FindAsync(slug, cancellationToken)
            ?? throw new RefusalException($"There is no workspace '{slug}'; ./munshi workspace list shows those that exist.");

    /// <summary>As <see cref="RequireAsync"/>, to work with it.</summary>
    /// <exception cref="RefusalException">There is none, or an archive is still read into it.</exception>
    public static async Task<Guid> RequireWholeAsync(Installation installation, string slug, CancellationToken cancellationToken)
    {
        Guid clientId = await RequireAsync(installation, slug, cancellationToken);
        return await installation.Get<WorkspaceRegistry>().IsWholeAsync(clientId, cancellationToken)
            ? clientId
            : throw new RefusalException($"Workspace '{slug}' is not whole yet: an archive is still read into it. ./munshi workspace import DIR --workspace {slug}, with the same archive, goes on until all of it is there.");
    }

    private static Command Create()
    {
        Argument<string> slug = new("handle") { Description = "1 to 48 of a–z, 0–9 and hyphen" };
        Option<string> name = new("--name") { Description = "The business's name, as customers and staff see it", Required = true };
        Option<bool> json = VerbOptions.Json();
        Command command = new("create", "Make a workspace") { slug, name, json };
        command.OnInstallation(VerbOptions.Data(), async (installation, parsed, cancellationToken) =>
        {
            WorkspaceOutcome outcome = await installation.Get<WorkspaceRegistry>().CreateAsync(
                parsed.GetRequiredValue(slug), parsed.GetRequiredValue(name), Actor.Operator, cancellationToken);
            if (outcome is WorkspaceOutcome.Refused refused)
            {
                throw new RefusalException(refused.Sentence);
            }

            Guid clientId = ((WorkspaceOutcome.Created)outcome).ClientId;
            Console.WriteLine(parsed.GetValue(json)
                ? JsonSerializer.Serialize(new { workspace = parsed.GetValue(slug), id = clientId })
                : $"Made workspace {parsed.GetValue(slug)}.");
            return 0;
        });
        return command;
    }

    private static Command List()
    {
        Option<bool> json = VerbOptions.Json();
        Command command = new("list", "Show the workspaces, oldest first") { json };
        command.OnInstallation(VerbOptions.Data(), async (installation, parsed, cancellationToken) =>
        {
            foreach (WorkspaceListing workspace in await installation.Get<WorkspaceRegistry>().ListAsync(cancellationToken))
            {
                Console.WriteLine(parsed.GetValue(json)
                    ? JsonSerializer.Serialize(new { workspace = workspace.Slug, id = workspace.ClientId, createdAt = workspace.CreatedAt })
                    : string.Create(CultureInfo.InvariantCulture, $"{workspace.Slug}\t{workspace.CreatedAt:yyyy-MM-dd HH:mm}Z"));
            }

            return 0;
        });
        return command;
    }
}
