using System.Net;
using Munshi.Database;
using Munshi.Workspaces;

namespace Munshi.Access;

/// <summary>The command that prints a sign-in link, filled in as far as whoever asks may know.</summary>
internal sealed class SignInCommand(WorkspaceRegistry workspaces, DataDirectory data)
{
    /// <summary>Stands for the workspace's handle.</summary>
    public const string Handle = "HANDLE";

    /// <summary>As for anyone.</summary>
    public const string Plain = $"./munshi member sign-in-link --workspace {Handle}";

    private const string DefaultAddress = "http://localhost:5080";

    private static readonly string DefaultData = new DataDirectory("data").Root;

    /// <summary>For a browser on this machine: with the handle of the only workspace, the address and the data directory. Others are told none of them.</summary>
    public async Task<string> OfAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (!IsOnThisMachine(context))
        {
            return Plain;
        }

        string handle = await workspaces.ListAsync(cancellationToken) is [{ } only] ? only.Slug : Handle;
        string address = $"{context.Request.Scheme}://{context.Request.Host}";
        return $"./munshi member sign-in-link --workspace {handle}"
            + (address == DefaultAddress ? "" : $" --base-address {address}")
            + (data.Root == DefaultData ? "" : $" --data {Quoted(data.Root)}");
    }

    private static bool IsOnThisMachine(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } remote && IPAddress.IsLoopback(remote)
        && !context.Request.Headers.ContainsKey("X-Forwarded-For")
        && (context.Request.Host.Host == "localhost" || (IPAddress.TryParse(context.Request.Host.Host.Trim('[', ']'), out IPAddress? host) && IPAddress.IsLoopback(host)));

    private static string Quoted(string path) =>
        path.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '-' or '_') ? path : $"'{path.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
