using System.Collections.Concurrent;
using Munshi.Database;
using Npgsql;

namespace Munshi.Channels;

/// <summary>Notes what comes to the apps' callbacks, and writes it twice a second at most: whoever floods a callback writes nothing by it.</summary>
internal sealed partial class Callbacks(WorkspaceDatabase database, TimeProvider clock, ILogger<Callbacks> logger) : BackgroundService
{
    private static readonly string Note = Sql.Read("Channels/note_callback.sql");

    private const string Select =
        """
        SELECT handshake_at, refused_handshakes, refused_handshake_at, delivery_at, bad_signatures, bad_signature_at
        FROM channel.callback_state WHERE client_id = $1 AND app_id = $2
        """;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    /// <summary>Deliveries are the daily business: one a minute is noted.</summary>
    private static readonly TimeSpan BetweenDeliveries = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<(Guid ClientId, Guid AppId), CallbackState> _seen = [];
    private readonly ConcurrentDictionary<Guid, DateTimeOffset> _deliveries = [];

    public void Handshake(MetaApp app) => Add(app, seen => seen with { HandshakeAt = clock.GetUtcNow() });

    public void RefusedHandshake(MetaApp app) =>
        Add(app, seen => seen with { RefusedHandshakes = seen.RefusedHandshakes + 1, RefusedHandshakeAt = clock.GetUtcNow() });

    public void BadSignature(MetaApp app) =>
        Add(app, seen => seen with { BadSignatures = seen.BadSignatures + 1, BadSignatureAt = clock.GetUtcNow() });

    /// <summary>A delivery with a good signature. Costs nothing but the first time in a minute.</summary>
    public void Delivered(MetaApp app)
    {
        DateTimeOffset now = clock.GetUtcNow();
        if (!_deliveries.TryGetValue(app.Id, out DateTimeOffset last) || now - last >= BetweenDeliveries)
        {
            _deliveries[app.Id] = now;
            Add(app, seen => seen with { DeliveryAt = now });
        }
    }

    public async Task<CallbackState> StateAsync(Guid clientId, Guid appId, CancellationToken cancellationToken) =>
        await database.RowAsync(
            clientId,
            new Statement(Select).Uuid(clientId).Uuid(appId),
            reader => new CallbackState
            {
                HandshakeAt = reader.ValueOrNull<DateTimeOffset>(0),
                RefusedHandshakes = reader.GetInt64(1),
                RefusedHandshakeAt = reader.ValueOrNull<DateTimeOffset>(2),
                DeliveryAt = reader.ValueOrNull<DateTimeOffset>(3),
                BadSignatures = reader.GetInt64(4),
                BadSignatureAt = reader.ValueOrNull<DateTimeOffset>(5),
            },
            cancellationToken) ?? new CallbackState();

    /// <summary>Writes what was seen since the last time and tells open pages; what could not be written is kept.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        foreach ((Guid ClientId, Guid AppId) app in _seen.Keys)
        {
            if (!_seen.TryRemove(app, out CallbackState? seen))
            {
                continue;
            }

            try
            {
                await database.TransactAsync(app.ClientId, transaction =>
                {
                    transaction.Queue(new Statement(Note).Uuid(app.ClientId).Uuid(app.AppId)
                        .Time(seen.HandshakeAt).Long(seen.RefusedHandshakes).Time(seen.RefusedHandshakeAt)
                        .Time(seen.DeliveryAt).Long(seen.BadSignatures).Time(seen.BadSignatureAt));
                    Signals.Callback(transaction, app.AppId);
                    return Task.FromResult(true);
                }, cancellationToken);
            }
            catch (Exception exception) when (exception is NpgsqlException or OperationCanceledException)
            {
                Log.NotWritten(logger, exception.GetType().Name);
                _seen.AddOrUpdate(app, seen, (_, newer) => Both(seen, newer));
            }
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await FlushAsync(CancellationToken.None);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.WhenAny(Task.Delay(Interval, stoppingToken));
            await FlushAsync(CancellationToken.None);
        }
    }

    private void Add(MetaApp app, Func<CallbackState, CallbackState> change) =>
        _seen.AddOrUpdate((app.ClientId, app.Id), _ => change(new CallbackState()), (_, seen) => change(seen));

    private static CallbackState Both(CallbackState older, CallbackState newer) => new()
    {
        HandshakeAt = newer.HandshakeAt ?? older.HandshakeAt,
        RefusedHandshakes = older.RefusedHandshakes + newer.RefusedHandshakes,
        RefusedHandshakeAt = newer.RefusedHandshakeAt ?? older.RefusedHandshakeAt,
        DeliveryAt = newer.DeliveryAt ?? older.DeliveryAt,
        BadSignatures = older.BadSignatures + newer.BadSignatures,
        BadSignatureAt = newer.BadSignatureAt ?? older.BadSignatureAt,
    };

    private static partial class Log
    {
        [LoggerMessage(9201, LogLevel.Warning, "What was seen at a callback could not be written and is kept: {Failure}")]
        public static partial void NotWritten(ILogger logger, string failure);
    }
}
