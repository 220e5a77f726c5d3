using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Munshi.Bench;

/// <summary>Programs started beside this one.</summary>
internal static class Programs
{
    /// <summary>The repository's root: this program lies in its <c>artifacts/bin/Munshi.Bench/release</c>.</summary>
    public static string Repository { get; } = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../.."));

    public static string Munshi { get; } = Path.Combine(Repository, "artifacts/bin/Munshi/release/munshi.dll");

    public static string Sandbox { get; } = Path.Combine(Repository, "artifacts/bin/Munshi.Sandbox/release/Munshi.Sandbox.dll");

    /// <summary>Of the newest PostgreSQL on this machine, as Munshi's own cluster is.</summary>
    public static string Pgbench { get; } =
        Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").OrderByDescending(Path.GetFileName).Select(path => Path.Combine(path, "bin/pgbench")).FirstOrDefault(File.Exists) ?? "pgbench"
            : "pgbench";

    /// <summary>Another of PostgreSQL's programs, of the same version.</summary>
    public static string Of(string program) =>
        Path.Combine(Path.GetDirectoryName(Pgbench) is { Length: > 0 } folder ? folder : "/usr/bin", program);

    /// <summary>Runs a program to its end; its standard output.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static async Task<string> ReadAsync(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{Path.GetFileName(program)} {arguments.FirstOrDefault()}: {await errors}");
    }

    public static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
