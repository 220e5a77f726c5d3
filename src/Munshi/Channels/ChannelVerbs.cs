using System.CommandLine;
using System.Text.Json;
using Munshi.Audit;
using Munshi.CommandLine;
using Munshi.Workspaces;

namespace Munshi.Channels;

/// <summary><c>munshi channel add-app|connect|list</c>.</summary>
internal static class ChannelVerbs
{
    public static Command Build()
    {
        Command command = new("channel", "Meta apps and business numbers");
        command.Subcommands.Add(AddApp());
        command.Subcommands.Add(Connect());
        command.Subcommands.Add(List());
        return command;
    }

    private static Command AddApp()
    {
        Option<string> workspace = VerbOptions.Workspace();
        Option<string> secret = new("--secret-file") { Description = "File with Meta's app secret; - for standard input", Required = true, HelpName = "FILE" };
        Option<string> token = new("--verify-token-file") { Description = "File with the verify token; - for standard input", Required = true, HelpName = "FILE" };
        Option<bool> shared = new("--shared") { Description = "Let other workspaces' numbers hang on it (an agency's app)" };
        Option<bool> json = VerbOptions.Json();
        Command command = new("add-app", "Register a Meta app; its webhooks are accepted from then on") { workspace, secret, token, shared, json };
        command.OnInstallation(VerbOptions.Data(), async (installation, parsed, cancellationToken) =>
        {
            string appSecret = SecretInput.Read(parsed.GetRequiredValue(secret), "app secret");
            string verifyToken = SecretInput.Read(parsed.GetRequiredValue(token), "verify token");
            if (appSecret.Length is < MetaApps.MinSecretLength or > MetaApps.MaxSecretLength)
            {
                throw new RefusalException($"The app secret must be {MetaApps.MinSecretLength} to {MetaApps.MaxSecretLength} characters long.");
            }

            if (verifyToken.Length is < MetaApps.MinVerifyTokenLength or > MetaApps.MaxVerifyTokenLength)
            {
                throw new RefusalException($"The verify token must be {MetaApps.MinVerifyTokenLength} to {MetaApps.MaxVerifyTokenLength} characters long.");
            }

            Guid clientId = await WorkspaceVerbs.RequireWholeAsync(installation, parsed.GetRequiredValue(workspace), cancellationToken);
            Guid app = await installation.Get<MetaApps>().RegisterAsync(
                clientId, appSecret, verifyToken, parsed.GetValue(shared), Actor.Operator, cancellationToken);
            Console.WriteLine(parsed.GetValue(json)
                ? JsonSerializer.Serialize(new { app, callback = $"/webhooks/whatsapp/{app}" })
                : $"Registered. In Meta's app dashboard set the callback address to https://YOUR-HOST/webhooks/whatsapp/{app}");
            return 0;
        });
        return command;
    }

    private static Command Connect()
    {
        Option<string> workspace = VerbOptions.Workspace();
        Option<Guid> app = new("--app") { Description = "The registered app's id", Required = true };
        Option<string> id = new("--phone-number-id") { Description = "Meta's id of the number", Required = true };
        Option<string> number = new("--number") { Description = "The number, digits with country code", Required = true };
        Option<string?> account = new("--waba") { Description = "Meta's id of the WhatsApp Business account, for its templates", HelpName = "ID" };
        Option<string> token = new("--token-file") { Description = "File with the access token; - for standard input", Required = true, HelpName = "FILE" };
        Option<bool> json = VerbOptions.Json();
        Command command = new("connect", "Connect a business number") { workspace, app, id, number, account, token, json };
        command.OnInstallation(VerbOptions.Data(), async (installation, parsed, cancellationToken) =>
        {
            if (parsed.GetValue(account) is { } given && (given.Length is < 5 or > 32 || !given.All(char.IsAsciiDigit)))
            {
                throw new RefusalException("The account id must be 5 to 32 digits, as Meta shows it.");
            }

            string accessToken = SecretInput.Read(parsed.GetRequiredValue(token), "access token");
            Guid clientId = await WorkspaceVerbs.RequireWholeAsync(installation, parsed.GetRequiredValue(workspace), cancellationToken);
            NumberOutcome outcome = await installation.Get<Numbers>().ConnectAsync(
                clientId, parsed.GetRequiredValue(app), parsed.GetRequiredValue(id), parsed.GetRequiredValue(number), accessToken, Actor.Operator, cancellationToken);
            Guid numberId = outcome switch
            {
                NumberOutcome.Connected connected => connected.NumberId,
                NumberOutcome.Differs differs => throw new RefusalException(differs.Sentence),
                NumberOutcome.Refused refused => throw new RefusalException(refused.Sentence),
                _ => throw new System.Diagnostics.UnreachableException(),
            };
            if (parsed.GetValue(account) is { } wabaId)
            {
                await installation.Get<Numbers>().KeepAccountAsync(clientId, numberId, wabaId, cancellationToken);
            }

            Console.WriteLine(parsed.GetValue(json) ? JsonSerializer.Serialize(new { number = numberId }) : $"Connected number {numberId}.");
            return 0;
        });
        return command;
    }

    private static Command List()
    {
        Option<string> workspace = VerbOptions.Workspace();
        Option<bool> json = VerbOptions.Json();
        Command command = new("list", "Show a workspace's Meta apps, then its connected numbers, each oldest first") { workspace, json };
        command.OnInstallation(VerbOptions.Data(), async (installation, parsed, cancellationToken) =>
        {
            Guid clientId = await WorkspaceVerbs.RequireAsync(installation, parsed.GetRequiredValue(workspace), cancellationToken);
            foreach (Guid app in await installation.Get<MetaApps>().ListAsync(clientId, cancellationToken))
            {
                string callback = $"/webhooks/whatsapp/{app}";
                Console.WriteLine(parsed.GetValue(json) ? JsonSerializer.Serialize(new { app, callback }) : $"app\t{app}\t{callback}");
            }

            foreach ((Guid number, Guid onApp) in await installation.Get<Numbers>().ListAsync(clientId, cancellationToken))
            {
                Console.WriteLine(parsed.GetValue(json) ? JsonSerializer.Serialize(new { number, onApp }) : $"number\t{number}\ton app {onApp}");
            }

            return 0;
        });
        return command;
    }
}
