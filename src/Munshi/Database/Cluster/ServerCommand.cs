using System.Diagnostics;

namespace Munshi.Database.Cluster;

/// <summary>Runs PostgreSQL's programs as the server's user, without a shell.</summary>
/// <remarks>
/// <c>setsid</c> gives each a session of its own, so a Ctrl-C in our terminal reaches only us; <c>setpriv</c> drops root and becomes
/// the program (<c>runuser</c> would stay beside it as its parent). The environment is not passed on: a stray <c>PGDATA</c> or
/// <c>PGPORT</c> must not redirect a tool, and messages must be English because failures are recognised by them.
/// </remarks>
internal sealed class ServerCommand
{
    private const string SearchPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private readonly string[] _prefix;

    private ServerCommand(string[] prefix) => _prefix = prefix;

    /// <summary><see langword="null"/> when <c>setsid</c> or <c>setpriv</c> (both of util-linux) is missing.</summary>
    public static ServerCommand? For(ServerAccount account)
    {
        string? setsid = ExecutablePath.Find("setsid", SearchPath);
        string? setpriv = ExecutablePath.Find("setpriv", SearchPath);
        if (setsid is null || (account.IsSwitched && setpriv is null))
        {
            return null;
        }

        return new ServerCommand(account.IsSwitched
            ? [setsid, "--wait", setpriv!, "--reuid", $"{account.UserId}", "--regid", $"{account.GroupId}", "--init-groups", "--"]
            : [setsid, "--wait"]);
    }

    /// <summary>Runs the program to its end; cancelling kills it, not what it left running.</summary>
    public Task<CommandResult> RunAsync(string program, IEnumerable<string> arguments, CancellationToken cancellationToken) =>
        RunAsync([.. _prefix, program, .. arguments], cancellationToken);

    /// <summary>The same as ourselves and in our own session, for short questions.</summary>
    public static Task<CommandResult> RunPlainAsync(string program, string argument, CancellationToken cancellationToken) =>
        RunAsync([program, argument], cancellationToken);

    private static async Task<CommandResult> RunAsync(string[] command, CancellationToken cancellationToken)
    {
        ProcessStartInfo start = new(command[0], command[1..])
        {
            WorkingDirectory = "/",
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        start.Environment["PATH"] = SearchPath;
        start.Environment["LC_ALL"] = "C.UTF-8";

        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        Task<string> errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }

        return new CommandResult(process.ExitCode, await output, await errors);
    }
}
