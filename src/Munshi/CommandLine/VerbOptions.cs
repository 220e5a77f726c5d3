using System.CommandLine;
using System.CommandLine.Parsing;
using Munshi.Database;

namespace Munshi.CommandLine;

/// <summary>Options that many verbs take, and how a verb ends.</summary>
internal static class VerbOptions
{
    public static Option<string> Data() => new("--data") { Description = "The installation's data directory", DefaultValueFactory = _ => "./data", HelpName = "DIR" };

    public static Option<string> Workspace() => new("--workspace") { Description = "The workspace's handle", Required = true, HelpName = "W" };

    public static Option<bool> Json() => new("--json") { Description = "Print JSON" };

    /// <summary>Where the dashboard is reached, for the links that a verb prints.</summary>
    public static Option<string> BaseAddress()
    {
        Option<string> address = new("--base-address") { Description = "Where the dashboard is reached", DefaultValueFactory = _ => "http://localhost:5080" };
        address.Validators.Add(RequireWebAddress);
        return address;
    }

    /// <summary>Runs a verb; a refusal becomes one sentence on standard error and exit code 1.</summary>
    public static void OnRun(this Command command, Func<ParseResult, CancellationToken, Task<int>> run) => command.SetAction(async (parsed, cancellationToken) =>
    {
        try
        {
            return await run(parsed, cancellationToken);
        }
        catch (RefusalException refusal)
        {
            await Console.Error.WriteLineAsync(refusal.Message);
            return 1;
        }
    });

    /// <summary>Runs a verb on an installation.</summary>
    public static void OnInstallation(
        this Command command, Option<string> data, Func<Installation, ParseResult, CancellationToken, Task<int>> run, bool alsoClosed = false)
    {
        command.Options.Add(data);
        command.OnRun(async (parsed, cancellationToken) =>
        {
            await using Installation installation = await Installation.OpenAsync(new DataDirectory(parsed.GetRequiredValue(data)), alsoClosed, cancellationToken);
            return await run(installation, parsed, cancellationToken);
        });
    }

    private static void RequireWebAddress(OptionResult option)
    {
        if (option.GetValueOrDefault<string>() is not { } text
            || !Uri.TryCreate(text, UriKind.Absolute, out Uri? address)
            || address is not { Scheme: "http" or "https", UserInfo: "", Query: "", Fragment: "" })
        {
            option.AddError("--base-address must be an http or https address without name, query or fragment, for example https://inbox.example.");
        }
    }
}
