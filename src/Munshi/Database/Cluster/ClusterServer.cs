namespace Munshi.Database.Cluster;

/// <summary>The server of one cluster directory. All but <see cref="IsRunning"/> and the log is called under the start lock.</summary>
internal sealed partial class ClusterServer(
    ClusterHome home,
    ServerPrograms programs,
    ServerCommand command,
    SocketDirectory socket,
    ServerStart start,
    TimeProvider clock,
    ILogger<ManagedCluster> logger)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Hindrance = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private volatile string _socketDirectory = socket.Path;

    /// <summary>Of the running server, which another session may have started elsewhere than we would.</summary>
    public ClusterLocation Location => new(_socketDirectory, SocketDirectory.Port);

    public bool IsRunning => Postmaster.Find(home.ClusterDirectory) is not null;

    public void PruneLog() => start.Log.Prune();

    /// <summary>Adopts the running server or starts one; <see langword="null"/> when it accepts connections.</summary>
    /// <remarks>
    /// After <c>kill -9</c> of the postmaster its children hold the shared memory for a moment, and PostgreSQL refuses to start beside
    /// them: it is asked again until the deadline. <c>postmaster.pid</c> is never removed by us; only PostgreSQL judges it.
    /// </remarks>
    public async Task<ClusterOutcome.Refused?> EnsureRunningAsync(CancellationToken cancellationToken)
    {
        using CancellationTokenSource ready = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task report = ReportSlowStartAsync(ready.Token);
        try
        {
            return await BringUpAsync(cancellationToken);
        }
        finally
        {
            await ready.CancelAsync();
            await report;
        }
    }

    /// <summary>Stops the server, if it is ours: sessions are ended, a checkpoint is written.</summary>
    public async Task StopAsync()
    {
        if (Postmaster.Find(home.ClusterDirectory) is not Postmaster running || IsForeign(running))
        {
            return;
        }

        CommandResult result = await command.RunAsync(
            programs.Control,
            ["stop", "-D", home.ClusterDirectory, "-m", "fast", "-w", "-t", $"{Deadline.TotalSeconds}"],
            CancellationToken.None);
        if (result.Succeeded || !IsRunning)
        {
            RemoveSocketDirectory(running.SocketDirectory);
            Log.Stopped(logger);
        }
        else
        {
            Log.NotStopped(logger, FailureText.Of(result.Errors));
        }
    }

    private void RemoveSocketDirectory(string path)
    {
        try
        {
            socket.RemoveIfEmpty(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.SocketDirectoryStays(logger, exception.GetType().Name);
        }
    }

    private async Task<ClusterOutcome.Refused?> BringUpAsync(CancellationToken cancellationToken)
    {
        long began = clock.GetTimestamp();
        while (true)
        {
            TimeSpan left = Deadline - clock.GetElapsedTime(began);
            switch (Postmaster.Find(home.ClusterDirectory))
            {
                case Postmaster other when IsForeign(other):
                    return new(
                        ClusterRefusal.HeldByAnother,
                        $"Another PostgreSQL (process {other.ProcessId}) uses {home.ClusterDirectory}: stop it, then start Munshi again.");
                case { Phase: PostmasterPhase.Ready } running:
                    _socketDirectory = running.SocketDirectory;
                    return null;
                case Postmaster when left < TimeSpan.Zero:
                    return ServerStart.StillRecovering(home.ClusterDirectory);
                case Postmaster:
                    await Task.Delay(Interval, clock, cancellationToken);
                    break;
                default:
                    ClusterOutcome.Refused? refusal = await StartAsync(left, cancellationToken);
                    if (refusal is not null)
                    {
                        return refusal;
                    }

                    break;
            }
        }
    }

    private async Task<ClusterOutcome.Refused?> StartAsync(TimeSpan left, CancellationToken cancellationToken)
    {
        long began = clock.GetTimestamp();
        switch (await start.AttemptAsync(left, cancellationToken))
        {
            case StartAttempt.Failed failed:
                return failed.Refusal;
            case StartAttempt.Hindered hindered when left < Hindrance:
                return hindered.Refusal;
            case StartAttempt.Hindered:
                await Task.Delay(Hindrance, clock, cancellationToken);
                return null;
            default:
                Log.Started(logger, programs.MajorVersion, (long)clock.GetElapsedTime(began).TotalMilliseconds);
                return null;
        }
    }

    private async Task ReportSlowStartAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(Patience, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!cancellationToken.IsCancellationRequested)
        {
            Log.Recovering(logger);
        }
    }

    private bool IsForeign(Postmaster server) =>
        server.Phase == PostmasterPhase.SingleUser
        || (server.Phase == PostmasterPhase.Ready || server.SocketDirectory.Length > 0)
            && (server.Port != SocketDirectory.Port || !socket.IsOurs(server.SocketDirectory));

    private static partial class Log
    {
        [LoggerMessage(5101, LogLevel.Information, "PostgreSQL {MajorVersion} started in {ElapsedMs} ms")]
        public static partial void Started(ILogger logger, int majorVersion, long elapsedMs);

        [LoggerMessage(5102, LogLevel.Information, "PostgreSQL is starting; after an unclean end it is recovering…")]
        public static partial void Recovering(ILogger logger);

        [LoggerMessage(5103, LogLevel.Information, "PostgreSQL stopped")]
        public static partial void Stopped(ILogger logger);

        [LoggerMessage(5107, LogLevel.Debug, "The empty directory of the socket could not be removed: {Reason}")]
        public static partial void SocketDirectoryStays(ILogger logger, string reason);

        [LoggerMessage(5104, LogLevel.Warning, "PostgreSQL did not stop and was left running: {Reason}")]
        public static partial void NotStopped(ILogger logger, string reason);
    }
}
