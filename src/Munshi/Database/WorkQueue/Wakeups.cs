using Munshi.Database.Manifest;
using Npgsql;

namespace Munshi.Database.WorkQueue;

/// <summary>Listens to the database and rings: new jobs, new deliveries, changed conversations. Connects again when it is cut off.</summary>
internal sealed partial class Wakeups(Databases databases, DatabaseGate gate, ILogger<Wakeups> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    public Bell Jobs { get; } = new();

    public Bell Deliveries { get; } = new();

    /// <summary>A conversation changed. Raised on the listener's own thread; handlers return at once.</summary>
    public event Action<Guid, Guid>? ConversationChanged;

    /// <summary>Somebody read a conversation: its unread count changed, nothing else. Raised as <see cref="ConversationChanged"/> is.</summary>
    public event Action<Guid, Guid>? ConversationRead;

    /// <summary>Something was seen at the callback of a workspace's app. Raised as <see cref="ConversationChanged"/> is.</summary>
    public event Action<Guid>? CallbackSeen;

    /// <summary>Listening began or began again; what happened meanwhile was not told.</summary>
    public event Action? Resumed;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                Log.Lost(logger, exception.GetType().Name);
                await Task.WhenAny(Task.Delay(Pause, stoppingToken));
            }
        }
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await databases.Dispatch.OpenSessionAsync(cancellationToken);
        connection.Notification += (_, notification) => Ring(notification);
        await using (NpgsqlCommand listen = new($"LISTEN {Notifications.Work}; LISTEN {Notifications.Deliveries}; LISTEN {Notifications.Signal}", connection))
        {
            await listen.ExecuteNonQueryAsync(cancellationToken);
        }

        Jobs.Ring();
        Deliveries.Ring();
        Resumed?.Invoke();
        while (true)
        {
            await connection.WaitAsync(cancellationToken);
        }
    }

    private void Ring(NpgsqlNotificationEventArgs notification)
    {
        switch (notification.Channel)
        {
            case Notifications.Work:
                Jobs.Ring();
                break;
            case Notifications.Deliveries:
                Deliveries.Ring();
                break;
            case Notifications.Signal when gate.IsOpen && Parse(notification.Payload) is { } signal:
                Tell(signal.Client, signal.Subject, signal.Mark);
                break;
            default:
                break;
        }
    }

    private void Tell(Guid client, Guid subject, string? mark)
    {
        switch (mark)
        {
            case null:
                ConversationChanged?.Invoke(client, subject);
                break;
            case Signals.ReadMark:
                ConversationRead?.Invoke(client, subject);
                break;
            case Signals.CallbackMark:
                CallbackSeen?.Invoke(client);
                break;
            default:
                break;
        }
    }

    private static (Guid Client, Guid Subject, string? Mark)? Parse(string payload)
    {
        string[] parts = payload.Split(' ');
        return parts.Length is 2 or 3 && Guid.TryParse(parts[0], out Guid client) && Guid.TryParse(parts[1], out Guid subject)
            ? (client, subject, parts.ElementAtOrDefault(2))
            : null;
    }

    private static partial class Log
    {
        [LoggerMessage(12101, LogLevel.Warning, "The listening connection was lost: {Failure}")]
        public static partial void Lost(ILogger logger, string failure);
    }
}
