using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Munshi.Audit.Witnesses;
using Munshi.Ledger.Notes;

namespace Munshi.Tests.Audit.Witnesses;

/// <summary>A witness on loopback that answers whatever the test makes it answer.</summary>
internal sealed class FakeWitness : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _requests;

    private FakeWitness(WebApplication app) => _app = app;

    public NoteSigner Signer { get; } = NoteSigner.Generate("fake.example/w", NoteKeyType.Cosignature);

    public Func<HttpContext, AddCheckpointRequest?, Task> Answer { get; set; } = (_, _) => Task.CompletedTask;

    public int Requests => Volatile.Read(ref _requests);

    public ConfiguredWitness Configured => new(Signer.VerifierKey, new Uri($"{_app.Urls.First()}/"));

    public static async Task<FakeWitness> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        WebApplication app = builder.Build();
        FakeWitness fake = new(app);
        app.Run(fake.HandleAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return fake;
    }

    /// <summary>Cosigns whatever it is handed.</summary>
    public Task CosignAsync(HttpContext context, AddCheckpointRequest? request) => request is null
        ? NotFoundAsync(context)
        : context.Response.WriteAsync($"{Signer.Cosign(request.Checkpoint, 1795219200)}\n");

    public static Task SizeAsync(HttpContext context, string size)
    {
        context.Response.StatusCode = StatusCodes.Status409Conflict;
        context.Response.ContentType = AddCheckpointResponse.SizeContentType;
        return context.Response.WriteAsync(size);
    }

    public async ValueTask DisposeAsync()
    {
        Signer.Dispose();
        await _app.DisposeAsync();
    }

    private static Task NotFoundAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private async Task HandleAsync(HttpContext context)
    {
        Interlocked.Increment(ref _requests);
        using MemoryStream body = new();
        await context.Request.Body.CopyToAsync(body);
        AddCheckpointRequest? request = (AddCheckpointRequest.Parse(body.ToArray()) as AddCheckpointParse.Parsed)?.Request;
        await Answer(context, request);
    }
}
