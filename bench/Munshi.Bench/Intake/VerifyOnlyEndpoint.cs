using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Logging;
using Munshi.WhatsApp.Webhooks;

namespace Munshi.Bench.Intake;

/// <summary>The most a webhook endpoint on this machine can do: read the body, verify its signature, answer. Keeps nothing.</summary>
internal static class VerifyOnlyEndpoint
{
    public static async Task RunAsync(int port, string secret)
    {
        byte[] key = Encoding.UTF8.GetBytes(secret);
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.ListenLocalhost(port);
        });
        builder.Logging.ClearProviders();
        await using WebApplication app = builder.Build();
        app.MapGet("/readyz", () => TypedResults.Ok());
        app.MapPost("/webhooks/whatsapp/{app:guid}", async Task<Results<Ok, UnauthorizedHttpResult>> (Guid app, HttpRequest request, CancellationToken cancellationToken) =>
            WebhookSignature.Matches(await ReadAsync(request.BodyReader, cancellationToken), (string?)request.Headers[WebhookSignature.HeaderName], key)
                ? TypedResults.Ok()
                : TypedResults.Unauthorized());
        await app.RunAsync();
    }

    /// <summary>As the product reads it.</summary>
    private static async Task<byte[]> ReadAsync(PipeReader reader, CancellationToken cancellationToken)
    {
        while (true)
        {
            ReadResult result = await reader.ReadAsync(cancellationToken);
            if (result.IsCompleted)
            {
                byte[] body = result.Buffer.ToArray();
                reader.AdvanceTo(result.Buffer.End);
                return body;
            }

            reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }
}
