using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Munshi.Tests.Running;
using Munshi.Tests.Sandbox;

namespace Munshi.Tests.Media;

/// <summary>npm's s3rver, an S3-compatible store of others' making, on a loopback port with an empty bucket.</summary>
internal sealed class S3Peer : IAsyncDisposable
{
    public const string Bucket = "munshi-files";

    private readonly Process _process;
    private readonly string _directory;

    private S3Peer(Process process, string directory, Uri address) => (_process, _directory, Address) = (process, directory, address);

    public Uri Address { get; }

    private static string Program => RepositoryFiles.Path("artifacts/peers/node_modules/.bin/s3rver");

    public static bool IsThere => File.Exists(Program);

    /// <summary>Files of the store, by name.</summary>
    public IEnumerable<string> Objects => Directory.EnumerateFiles(Path.Combine(_directory, Bucket), "*_object", SearchOption.AllDirectories);

    public string[] Settings =>
    [
        $"--Media:S3:ServiceUrl={Address}", $"--Media:S3:Bucket={Bucket}", "--Media:S3:AccessKey=S3RVER", "--Media:S3:SecretKey=S3RVER",
    ];

    public static async Task<S3Peer> StartAsync()
    {
        using TcpListener free = new(IPAddress.Loopback, 0);
        free.Start();
        int port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        string directory = Directory.CreateTempSubdirectory("munshi-s3-").FullName;
        Process process = Process.Start(new ProcessStartInfo(Program, ["-d", directory, "-a", "127.0.0.1", "-p", $"{port}", "-s", "--configure-bucket", Bucket])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        S3Peer peer = new(process, directory, new Uri($"http://127.0.0.1:{port}/"));
        await Eventually.TrueAsync(async () =>
        {
            try
            {
                using TcpClient probe = new();
                await probe.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
                return true;
            }
            catch (SocketException)
            {
                return false;
            }
        });
        return peer;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
        Directory.Delete(_directory, recursive: true);
    }
}
