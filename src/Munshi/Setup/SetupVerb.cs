using System.CommandLine;
using System.Text.Json;
using Munshi.CommandLine;

namespace Munshi.Setup;

/// <summary><c>munshi setup-link</c>.</summary>
internal static class SetupVerb
{
    public static Command Build()
    {
        Option<string> address = VerbOptions.BaseAddress();
        Option<bool> json = VerbOptions.Json();
        Command command = new("setup-link", "Print a link that makes the first owner, once, within ten minutes; earlier ones no longer work") { address, json };
        command.OnInstallation(VerbOptions.Data(), async (installation, parsed, cancellationToken) =>
        {
            string token = await installation.Get<SetupLinks>().IssueAsync(cancellationToken)
                ?? throw new RefusalException("There is a workspace already: ./munshi member sign-in-link signs its owner in.");
            string link = $"{parsed.GetRequiredValue(address).TrimEnd('/')}/setup/link/{token}";
            Console.WriteLine(parsed.GetValue(json) ? JsonSerializer.Serialize(new { link }) : link);
            return 0;
        });
        return command;
    }
}
