using System.CommandLine;
using System.Text.Json;
using Munshi.Audit;
using Munshi.CommandLine;
using Munshi.Import;
using Munshi.Workspaces;

namespace Munshi.Access;

/// <summary><c>munshi member add|list|sign-in-link</c>.</summary>
internal static class MemberVerbs
{
    public static Command Build()
    {
        Command command = new("member", "The people of a workspace");
        command.Subcommands.Add(Add());
        command.Subcommands.Add(List());
        command.Subcommands.Add(SignInLink());
        return command;
    }

    private static Command Add()
    {
        Option<string> workspace = VerbOptions.Workspace();
        Option<string> name = new("--name") { Description = "As colleagues see it", Required = true };
        Option<string> role = new("--role") { Description = "owner or staff", DefaultValueFactory = _ => "staff" };
        role.AcceptOnlyFromAmong("owner", "staff");
        Option<bool> json = VerbOptions.Json();
        Command command = new("add", "Add a person to a workspace") { workspace, name, role, json };
        command.OnInstallation(VerbOptions.Data(), async (installation, parsed, cancellationToken) =>
        {
            string text = parsed.GetRequiredValue(name);
            if (string.IsNullOrWhiteSpace(text) || text.Length > Members.MaxNameLength)
            {
                throw new RefusalException($"The name must be 1 to {Members.MaxNameLength} characters long.");
            }

            Guid clientId = await WorkspaceVerbs.RequireWholeAsync(installation, parsed.GetRequiredValue(workspace), cancellationToken);
            MemberRole memberRole = parsed.GetValue(role) == "owner" ? MemberRole.Owner : MemberRole.Staff;
            Guid personId = await installation.Get<Members>().AddAsync(clientId, text, memberRole, Actor.Operator, cancellationToken);
            Console.WriteLine(parsed.GetValue(json) ? JsonSerializer.Serialize(new { person = personId }) : $"Added person {personId}.");
            return 0;
        });
        return command;
    }

    private static Command List()
    {
        Option<string> workspace = VerbOptions.Workspace();
        Option<bool> json = VerbOptions.Json();
        Command command = new("list", "Show a workspace's people, oldest first") { workspace, json };
        command.OnInstallation(VerbOptions.Data(), async (installation, parsed, cancellationToken) =>
        {
            Guid clientId = await WorkspaceVerbs.RequireAsync(installation, parsed.GetRequiredValue(workspace), cancellationToken);
            IReadOnlyDictionary<Guid, Member> members = await installation.Get<Members>().ListAsync(clientId, cancellationToken);
            foreach (Member member in members.Values)
            {
                string role = member.Role == MemberRole.Owner ? "owner" : "staff";
                Console.WriteLine(parsed.GetValue(json)
                    ? JsonSerializer.Serialize(new { person = member.PersonId, name = member.Name, role })
                    : $"{member.PersonId}\t{role}\t{TerminalText.Line(member.Name)}");
            }

            return 0;
        });
        return command;
    }

    private static Command SignInLink()
    {
        Option<string> workspace = VerbOptions.Workspace();
        Option<Guid?> person = new("--person") { Description = "Whose link; the workspace's first owner unless given" };
        Option<string> address = VerbOptions.BaseAddress();
        Option<bool> json = VerbOptions.Json();
        Command command = new("sign-in-link", "Print a link that signs in once, within ten minutes") { workspace, person, address, json };
        command.OnInstallation(VerbOptions.Data(), async (installation, parsed, cancellationToken) =>
        {
            Guid clientId = await WorkspaceVerbs.RequireWholeAsync(installation, parsed.GetRequiredValue(workspace), cancellationToken);
            IReadOnlyDictionary<Guid, Member> members = await installation.Get<Members>().ListAsync(clientId, cancellationToken);
            Member member = parsed.GetValue(person) is { } wanted
                ? members.GetValueOrDefault(wanted) ?? throw new RefusalException("There is no such person in this workspace.")
                : members.Values.FirstOrDefault(one => one.Role == MemberRole.Owner) ?? throw new RefusalException("This workspace has no owner yet: ./munshi member add --role owner.");
            string token = await installation.Get<SignInLinks>().IssueAsync(clientId, member.PersonId, Actor.Operator, cancellationToken);
            string link = $"{parsed.GetRequiredValue(address).TrimEnd('/')}/sign-in/{token}";
            Console.WriteLine(parsed.GetValue(json) ? JsonSerializer.Serialize(new { link }) : link);
            return 0;
        });
        return command;
    }
}
