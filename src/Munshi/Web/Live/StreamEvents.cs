using System.Globalization;
using Munshi.Access;
using Munshi.Database.Manifest;

namespace Munshi.Web.Live;

/// <summary><c>GET /events</c>: names of what changed in the viewer's workspace, as server-sent events, until the session ends.</summary>
internal static class StreamEvents
{
    /// <summary>After so long without an event a comment is sent, and the session looked at again.</summary>
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(20);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/events", HandleAsync)
        .WithName(nameof(StreamEvents))
        .ForMembers();

    internal static async Task HandleAsync(
        HttpContext context,
        SignedIn person,
        SignalStreams streams,
        Sessions sessions,
        DatabaseGate gate,
        TimeProvider clock,
        IHostApplicationLifetime lifetime,
        CancellationToken cancellationToken)
    {
        if (streams.Open(person) is not { } stream)
        {
            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            return;
        }

        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stream.Ended, lifetime.ApplicationStopping);
        try
        {
            Begin(context, stream);
            await WriteAsync(context, stream, () => StillValidAsync(context, sessions, gate, ending.Token), clock, ending.Token);
        }
        catch (OperationCanceledException)
        {
            // The reader left, signed out, or the server stops.
        }
        finally
        {
            streams.Close(stream);
        }
    }

    private static void Begin(HttpContext context, SignalStream stream)
    {
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["X-Accel-Buffering"] = "no"; // nginx passes each event on at once
        if (context.Request.Headers.ContainsKey("Last-Event-ID"))
        {
            stream.Offer(SignalStream.Resync); // what passed in between is not kept
        }
    }

    private static async Task WriteAsync(
        HttpContext context, SignalStream stream, Func<Task<bool>> stillValid, TimeProvider clock, CancellationToken cancellationToken)
    {
        long number = 0;
        long looked = clock.GetTimestamp();
        await context.Response.WriteAsync("retry: 1000\n\n", cancellationToken);
        await context.Response.Body.FlushAsync(cancellationToken);
        while (true)
        {
            IReadOnlyList<string> signals = await stream.TakeAsync(Heartbeat, cancellationToken);
            if (clock.GetElapsedTime(looked) >= Heartbeat)
            {
                looked = clock.GetTimestamp();
                if (!await stillValid())
                {
                    return;
                }
            }

            string text = signals.Count == 0
                ? ":\n\n"
                : string.Concat(signals.Select(signal => string.Create(CultureInfo.InvariantCulture, $"id: {++number}\ndata: {signal}\n\n")));
            await context.Response.WriteAsync(text, cancellationToken);
            await context.Response.Body.FlushAsync(cancellationToken);
        }
    }

    private static async Task<bool> StillValidAsync(HttpContext context, Sessions sessions, DatabaseGate gate, CancellationToken cancellationToken) =>
        gate.IsOpen && await sessions.FindAsync(SessionCookie.Read(context.Request), cancellationToken) is not null;
}
