using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Munshi.Channels;
using Munshi.Database;
using Munshi.Keyring;
using Munshi.WhatsApp.Webhooks;
using Npgsql;

namespace Munshi.Intake;

/// <summary><c>POST /webhooks/whatsapp/{app}</c>: verify, seal, make durable, acknowledge. Everything else happens later.</summary>
internal static partial class ReceiveWebhook
{
    /// <summary>4 MiB: Meta sends up to 3 MB a delivery. Kestrel answers 413 above it.</summary>
    public const int MaxBodyBytes = 4 * 1024 * 1024;

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/webhooks/whatsapp/{app:guid}", HandleAsync)
        .WithMetadata(new RequestSizeLimitAttribute(MaxBodyBytes))
        .DisableAntiforgery()
        .ShortCircuit(); // nothing that pages need: languages, sessions, headers for browsers

    internal static async Task<Results<Ok, NotFound, UnauthorizedHttpResult, StatusCodeHttpResult>> HandleAsync(
        Guid app,
        HttpRequest request,
        MetaApps apps,
        Callbacks callbacks,
        IntakeKeys keys,
        DeliveryWriter writer,
        IntakeMeter meter,
        ForgedDeliveries forged,
        TimeProvider clock,
        ILogger<DeliveryWriter> logger,
        CancellationToken cancellationToken)
    {
        try
        {
            return await ReceiveAsync(app, request, apps, callbacks, keys, writer, meter, forged, clock, cancellationToken);
        }
        catch (BadHttpRequestException refused)
        {
            return TypedResults.StatusCode(refused.StatusCode);
        }
        catch (Exception away) when (away is NpgsqlException or KeyPoolEmptyException)
        {
            Log.TurnedAway(logger, away.GetType().Name);
            meter.TurnedAway();
            return TypedResults.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }
    }

    private static async Task<Results<Ok, NotFound, UnauthorizedHttpResult, StatusCodeHttpResult>> ReceiveAsync(
        Guid app,
        HttpRequest request,
        MetaApps apps,
        Callbacks callbacks,
        IntakeKeys keys,
        DeliveryWriter writer,
        IntakeMeter meter,
        ForgedDeliveries forged,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        if (await apps.FindAsync(app, cancellationToken) is not { } metaApp)
        {
            return TypedResults.NotFound();
        }

        byte[] body = await ReadAsync(request.BodyReader, cancellationToken);
        if (!WebhookSignature.Matches(body, (string?)request.Headers[WebhookSignature.HeaderName], metaApp.Secret))
        {
            meter.BadSignature();
            forged.Count(app);
            callbacks.BadSignature(metaApp);
            return TypedResults.Unauthorized();
        }

        DateTimeOffset now = clock.GetMicrosecondNow();
        Guid id = Guid.CreateVersion7(now);
        (Guid keyId, KeyMaterial key) = keys.Current();
        SealedDelivery delivery = new(id, app, now, keyId, SealedValue.Seal(key, SealedDelivery.Context(id), body));
        if (!await writer.StoreAsync(delivery))
        {
            meter.TurnedAway();
            return TypedResults.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }

        meter.Stored();
        callbacks.Delivered(metaApp);
        return TypedResults.Ok();
    }

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

    private static partial class Log
    {
        [LoggerMessage(2102, LogLevel.Error, "A delivery was turned away: {Failure}")]
        public static partial void TurnedAway(ILogger logger, string failure);
    }
}
