using System.Text;
using Microsoft.AspNetCore.Builder;
using Munshi.Audit.Witnesses;
using Munshi.Ledger.Notes;
using Munshi.Tests.Keyring;
using Munshi.Witness;

namespace Munshi.Tests.Witness;

/// <summary>A witness served on loopback from a directory of its own, with the worked key and a clock that stands still.</summary>
internal sealed class RunningWitness : IAsyncDisposable
{
    private readonly string _path = System.IO.Directory.CreateTempSubdirectory("munshi-test-witness-").FullName;
    private readonly NoteSigner _signer;
    private WebApplication _app = null!;
    private IDisposable _lock = null!;
    private int _port;
    private bool _stopped;

    private RunningWitness(NoteSigner signer)
    {
        _signer = signer;
        Directory = new WitnessDirectory(Path.Combine(_path, "witness"));
        Directory.Create();
    }

    public WitnessDirectory Directory { get; }

    public SettableClock Clock { get; } = new(DateTimeOffset.FromUnixTimeSeconds(WorkedLog.CosignedAt));

    public Uri Address { get; private set; } = null!;

    public HttpClient Http { get; private set; } = null!;

    /// <summary>As an installation configures it.</summary>
    public ConfiguredWitness Configured => new(_signer.VerifierKey, Address);

    public string StatePath(string hash = WorkedLog.OriginHash) => Path.Combine(Directory.State, hash);

    /// <param name="logs">Written to the file of known logs; the worked one where none is given.</param>
    public static async Task<RunningWitness> StartAsync(params string[] logs) => await StartAsync(WorkedLog.NewWitnessSigner(), logs);

    public static async Task<RunningWitness> StartAsync(NoteSigner signer, params string[] logs)
    {
        RunningWitness witness = new(signer);
        await File.WriteAllLinesAsync(witness.Directory.Logs, logs.Length == 0 ? [WorkedLog.Vkey] : logs, TestContext.Current.CancellationToken);
        await witness.ServeAsync();
        return witness;
    }

    /// <summary>As after a kill: another process, the same directory and port.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await ServeAsync();
    }

    public async Task StopAsync()
    {
        if (_stopped)
        {
            return;
        }

        _stopped = true;
        Http.Dispose();
        await _app.DisposeAsync();
        _lock.Dispose();
    }

    public async Task<(int Status, string? Type, string Body)> AddAsync(byte[] body)
    {
        using HttpResponseMessage answer = await Http.PostAsync("add-checkpoint", new ByteArrayContent(body), TestContext.Current.CancellationToken);
        return ((int)answer.StatusCode, answer.Content.Headers.ContentType?.ToString(), await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    public Task<(int Status, string? Type, string Body)> AddAsync(string body) => AddAsync(Encoding.UTF8.GetBytes(body));

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _signer.Dispose();
        System.IO.Directory.Delete(_path, recursive: true);
    }

    private async Task ServeAsync()
    {
        _stopped = false;
        _lock = Directory.Lock();
        NoteSigner copy = _signer.As(_signer.VerifierKey.Name);
        _app = WitnessServer.Build(Directory, copy, [], null, _port, Clock);
        await _app.StartAsync(TestContext.Current.CancellationToken);
        Uri address = new(_app.Urls.First());
        _port = address.Port;
        Address = new Uri($"http://127.0.0.1:{_port}/");
        Http = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(20) };
    }
}
