using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Munshi.CommandLine;
using Munshi.Ledger.Notes;

namespace Munshi.Witness;

/// <summary><c>munshi witness</c>: the server to run on another machine; and <c>keeper-secret</c>, which lets an installation in.</summary>
internal static class WitnessVerb
{
    private const int DefaultPort = 5090;

    public static Command Build()
    {
        Option<string> data = Data();
        Option<int> port = PortOption.Build(DefaultPort, "Where it is served");
        Option<string?> listen = new("--listen") { Description = "The address to listen on instead of this machine's own; without TLS, so put a proxy in front", HelpName = "ADDRESS" };
        listen.Validators.Add(RequireAddress);
        Option<string[]> logs = new("--log") { Description = "A log to witness, by its verifier key; may be given again. More stand in DIR/logs", HelpName = "VKEY" };
        Option<string?> name = new("--name") { Description = "The witness's name, for example witness.example/one; chosen at the first start", HelpName = "NAME" };
        Command command = new("witness", "Run a witness and keeper for other installations, on a machine of its own") { data, port, listen, logs, name };
        command.OnRun((parsed, cancellationToken) => RunAsync(
            new WitnessDirectory(parsed.GetRequiredValue(data)),
            parsed.GetValue(name),
            [.. (parsed.GetValue(logs) ?? []).Select(KnownLogs.Parse)],
            parsed.GetValue(listen) is { } address ? IPAddress.Parse(address) : null,
            parsed.GetValue(port),
            cancellationToken));
        command.Subcommands.Add(KeeperSecret());
        return command;
    }

    private static async Task<int> RunAsync(
        WitnessDirectory directory, string? name, IReadOnlyList<VerifierKey> logs, IPAddress? listen, int port, CancellationToken cancellationToken)
    {
        if (name is not null && (!KeyName.IsValid(name) || name.Length > 100))
        {
            throw new RefusalException("--name must be at most 100 characters without space or plus sign, for example witness.example/one.");
        }

        if (listen is null)
        {
            PortOption.RequireFree(port);
        }

        directory.Create();
        using IDisposable alone = directory.Lock();
        NoteSigner signer = WitnessKey.LoadOrCreate(directory, name);
        await using WebApplication app = WitnessServer.Build(directory, signer, logs, listen, port, TimeProvider.System);
        Console.WriteLine(signer.VerifierKey);
        try
        {
            await app.RunAsync(cancellationToken);
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException)
        {
            throw PortOption.Taken(port);
        }

        return 0;
    }

    private static Command KeeperSecret()
    {
        Argument<string> installation = new("NAME") { Description = "The installation whose epoch keys are kept: lower-case letters, digits, hyphens" };
        Option<string> data = Data();
        Command command = new("keeper-secret", "Print a new secret for an installation, once; an earlier one ends") { installation, data };
        command.OnRun((parsed, _) =>
        {
            string name = parsed.GetRequiredValue(installation);
            if (!KeyKeeper.IsInstallation(name))
            {
                throw new RefusalException("An installation's name is 1 to 64 lower-case letters, digits and hyphens.");
            }

            WitnessDirectory directory = new(parsed.GetRequiredValue(data));
            if (!Directory.Exists(directory.Keeper))
            {
                throw new RefusalException($"There is no witness in {directory.Root}; ./munshi witness --data DIR makes one.");
            }

            Console.WriteLine(KeyKeeper.MakeSecret(directory, name));
            return Task.FromResult(0);
        });
        return command;
    }

    private static Option<string> Data() => new("--data") { Description = "The witness's own directory", DefaultValueFactory = _ => "./witness", HelpName = "DIR" };

    private static void RequireAddress(OptionResult option)
    {
        if (option.GetValueOrDefault<string>() is not { } text || !IPAddress.TryParse(text, out _))
        {
            option.AddError("--listen must be an address, for example 0.0.0.0.");
        }
    }
}
