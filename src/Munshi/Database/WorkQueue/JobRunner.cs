namespace Munshi.Database.WorkQueue;

/// <summary>Does claimed jobs, alike ones together, and writes down what failed. Never throws.</summary>
internal sealed partial class JobRunner(JobQueue queue, IEnumerable<IJobHandler> handlers, ILogger<JobRunner> logger)
{
    /// <summary>Fewer are done one by one, one after the other: that is quicker for a few.</summary>
    internal const int FewestTogether = 8;

    /// <summary>So many lines at once of those that a group left.</summary>
    private const int LeftAtOnce = 6;

    private readonly Dictionary<string, IJobHandler> _handlers = handlers.ToDictionary(handler => handler.Kind);

    public string[] GroupedKinds { get; } = [.. handlers.OfType<IJobGroupHandler>().Select(handler => handler.Kind)];

    public bool IsGrouped(JobLease lease) => _handlers.GetValueOrDefault(lease.Kind) is IJobGroupHandler;

    /// <summary>How many of a kind are done together when so many wait: all, in even parts, or one.</summary>
    public int Together(string kind, int waiting) =>
        _handlers.GetValueOrDefault(kind) is IJobGroupHandler handler && waiting >= FewestTogether ? EvenPart(waiting, handler.MostTogether) : 1;

    /// <param name="leases">One, or several of one kind and workspace.</param>
    /// <param name="cancellationToken">Cancelled when the stop can wait no longer: leases run out and the jobs are claimed again.</param>
    public async Task RunAsync(IReadOnlyList<JobLease> leases, CancellationToken cancellationToken)
    {
        if (leases is [{ } single])
        {
            await RunAsync(single, cancellationToken);
            return;
        }

        try
        {
            await Parallel.ForEachAsync(
                await TogetherAsync(leases, cancellationToken),
                new ParallelOptions { MaxDegreeOfParallelism = LeftAtOnce, CancellationToken = cancellationToken },
                async (line, token) =>
                {
                    foreach (JobLease lease in line)
                    {
                        await RunAsync(lease, token);
                    }
                });
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The leases run out.
        }
    }

    /// <summary>Where the group as a whole fails, each of them is tried alone, in their order: one bad job stops no other.</summary>
    private async Task<IReadOnlyList<IReadOnlyList<JobLease>>> TogetherAsync(IReadOnlyList<JobLease> leases, CancellationToken cancellationToken)
    {
        try
        {
            return await ((IJobGroupHandler)_handlers[leases[0].Kind]).HandleAsync(leases, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            Log.GroupFailed(logger, leases.Count, leases[0].Kind, exception.GetType().Name);
            return [leases];
        }
    }

    private async Task RunAsync(JobLease lease, CancellationToken cancellationToken)
    {
        IJobHandler? handler = _handlers.GetValueOrDefault(lease.Kind);
        try
        {
            if (handler is null)
            {
                await RecordFailureAsync(lease, handler, "NoHandler");
            }
            else
            {
                await handler.HandleAsync(lease, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The lease runs out.
        }
        catch (Exception exception)
        {
            Log.JobFailed(logger, lease.Kind, lease.JobId, lease.Attempt, exception.GetType().Name);
            await RecordFailureAsync(lease, handler, exception.GetType().Name);
        }
    }

    private async Task RecordFailureAsync(JobLease lease, IJobHandler? handler, string failure)
    {
        try
        {
            if (lease.Attempt < JobQueue.MaxAttempts)
            {
                await queue.FailAsync(lease, failure, CancellationToken.None);
            }
            else
            {
                await BuryAsync(lease, handler, failure);
            }
        }
        catch (Exception again)
        {
            // The database is away; the lease runs out by itself.
            Log.FailureNotRecorded(logger, lease.JobId, again.GetType().Name);
        }
    }

    /// <summary>A job dies only together with the word about it; while that cannot be written, the job is tried on.</summary>
    private async Task BuryAsync(JobLease lease, IJobHandler? handler, string failure)
    {
        try
        {
            if (await queue.BuryAsync(lease, failure, handler, CancellationToken.None))
            {
                Log.GivenUp(logger, lease.Kind, lease.JobId, lease.Attempt, failure);
            }
        }
        catch (Exception unable)
        {
            Log.NotGivenUp(logger, lease.Kind, lease.JobId, unable.GetType().Name);
            await queue.FailAsync(lease, failure, CancellationToken.None);
        }
    }

    /// <summary>So that no part is left of one that would run beside the others.</summary>
    private static int EvenPart(int count, int most)
    {
        int parts = (count + most - 1) / most;
        return (count + parts - 1) / parts;
    }

    private static partial class Log
    {
        [LoggerMessage(12001, LogLevel.Warning, "Job {Kind} {JobId} failed at attempt {Attempt}: {Failure}")]
        public static partial void JobFailed(ILogger logger, string kind, Guid jobId, int attempt, string failure);

        [LoggerMessage(12003, LogLevel.Warning, "The failure of job {JobId} could not be recorded: {Failure}")]
        public static partial void FailureNotRecorded(ILogger logger, Guid jobId, string failure);

        [LoggerMessage(12006, LogLevel.Error, "Job {Kind} {JobId} was given up after {Attempt} attempts: {Failure}")]
        public static partial void GivenUp(ILogger logger, string kind, Guid jobId, int attempt, string failure);

        [LoggerMessage(12007, LogLevel.Error, "Job {Kind} {JobId} failed for the last time, and that could not be written down: {Failure}. It is tried on.")]
        public static partial void NotGivenUp(ILogger logger, string kind, Guid jobId, string failure);

        [LoggerMessage(12008, LogLevel.Warning, "{Count} jobs {Kind} failed together and are tried one by one: {Failure}")]
        public static partial void GroupFailed(ILogger logger, int count, string kind, string failure);
    }
}
