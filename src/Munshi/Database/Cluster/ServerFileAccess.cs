namespace Munshi.Database.Cluster;

/// <summary>What the server's user may do with files, asked of the kernel as that user, so that every rule counts.</summary>
internal sealed class ServerFileAccess(ServerCommand command)
{
    private const string Test = "/usr/bin/test";

    public async Task<bool> CanEnterAsync(string directory, CancellationToken cancellationToken) =>
        (await command.RunAsync(Test, ["-x", directory], cancellationToken)).Succeeded;

    public async Task<bool> CanWriteAsync(string directory, CancellationToken cancellationToken) =>
        (await command.RunAsync(Test, ["-w", directory, "-a", "-x", directory], cancellationToken)).Succeeded;
}
