using Munshi.Database;
using Munshi.Database.Manifest;
using Munshi.Workspaces;

namespace Munshi.Channels.Templates;

/// <summary>Has the templates of every number asked for once a day. Two processes may both ask: that is harmless.</summary>
internal sealed partial class TemplateClock(
    WorkspaceDatabase database, WorkspaceRegistry workspaces, DatabaseGate gate, TimeProvider clock, ILogger<TemplateClock> logger) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromHours(1);
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    private static readonly string EnqueueOld = Sql.Read("Channels/Templates/enqueue_old.sql");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(Look, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await AskAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                Log.NotAsked(logger, exception.GetType().Name);
            }
        }
    }

    /// <summary>Has those asked for that are a day old.</summary>
    public async Task AskAsync(CancellationToken cancellationToken)
    {
        if (!gate.IsOpen)
        {
            return;
        }

        DateTimeOffset now = clock.GetMicrosecondNow();
        foreach (WorkspaceListing workspace in await workspaces.ListAsync(cancellationToken))
        {
            await database.ExecuteAsync(
                workspace.ClientId,
                [new Statement(EnqueueOld).Uuid(workspace.ClientId).Text(TemplateBook.RefreshJob).Time(now).Time(now - Day)],
                cancellationToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(9030, LogLevel.Warning, "Templates could not be asked for: {Failure}")]
        public static partial void NotAsked(ILogger logger, string failure);
    }
}
