using Munshi.Channels;
using Munshi.Database;
using Munshi.Database.WorkQueue;
using Munshi.Keyring;
using Munshi.Media.Files;
using Munshi.Media.Looking;

namespace Munshi.Media.Fetching;

/// <summary>Fetches customers' files, a few at once and beside the other jobs, each under a lease that is prolonged while it lasts.</summary>
/// <remarks>
/// The file is kept before the row says so: a kill between the two leaves a file that no row names, which <see cref="MediaSweep"/> removes, and the job is
/// done again.
/// </remarks>
internal sealed partial class FetchMedia(
    WorkspaceDatabase database, JobQueue queue, Numbers numbers, KeyCustodian custodian, MediaDownload download, IMediaStore store, TimeProvider clock, ILogger<FetchMedia> logger)
    : IJobHandler, IHostedService, IDisposable
{
    /// <summary>So many at once: a slow one holds up no message.</summary>
    private const int AtOnce = 4;

    /// <summary>How long a job waits that found no place.</summary>
    private static readonly TimeSpan NoPlace = TimeSpan.FromSeconds(1);

    private readonly LongJobs _running = new(queue, clock, logger, AtOnce);

    public string Kind => WantedMedia.FetchJob;

    /// <summary>Begins it and returns, so that no other job waits for a download.</summary>
    public async Task HandleAsync(JobLease lease, CancellationToken cancellationToken)
    {
        if (_running.TryBegin(lease, this, token => FetchAsync(lease, token)))
        {
            return;
        }

        await database.TransactAsync(lease.ClientId, async transaction =>
        {
            if (await Jobs.SubjectAsync(transaction, lease) is not null)
            {
                Jobs.Wait(transaction, lease, clock.GetUtcNow() + NoPlace);
            }

            return true;
        }, cancellationToken);
    }

    public async Task GiveUpAsync(WorkspaceTransaction transaction, Guid subject)
    {
        if (await FetchPlan.FindAsync(transaction, subject) is { } plan)
        {
            MediaSettlement.End(transaction, plan, custodian.Find(plan.KeyId), MediaRecord.Refused, "given-up", clock.GetMicrosecondNow());
            Signals.Conversation(transaction, plan.ConversationId);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>What runs is broken off; its lease runs out, and it is fetched anew.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => _running.StopAsync(cancellationToken);

    public void Dispose() => _running.Dispose();

    private async Task FetchAsync(JobLease lease, CancellationToken cancellationToken)
    {
        FetchPlan? plan = await database.TransactAsync(lease.ClientId, transaction => PlanAsync(transaction, lease), cancellationToken);
        if (plan is null)
        {
            return;
        }

        KeyMaterial? key = custodian.Find(plan.KeyId);
        if (key is null || plan.File(key, lease.ClientId) is not { } file)
        {
            await EndAsync(lease, plan, key, MediaRecord.Refused, "erased", cancellationToken);
            return;
        }

        NumberCredentials from = await numbers.CredentialsAsync(lease.ClientId, plan.NumberId, cancellationToken);
        StagedMedia? staged = null;
        try
        {
            FetchOutcome outcome = await KeepAsync();
            Log.Ended(logger, plan.Id, outcome);
            if (outcome is FetchOutcome.Fetched fetched)
            {
                await SettleAsync(lease, plan, (transaction, now) => Store(transaction, plan, key, fetched, now), CancellationToken.None);
            }
            else if (FetchRhythm.End(outcome, plan, clock.GetUtcNow()) is { } state)
            {
                await EndAsync(lease, plan, key, state, FetchRhythm.Reason(outcome), cancellationToken);
            }
            else
            {
                await WaitAsync(lease, plan, outcome, cancellationToken);
            }
        }
        finally
        {
            if (staged is not null)
            {
                await staged.DisposeAsync();
            }
        }

        async Task<FetchOutcome> KeepAsync()
        {
            try
            {
                FetchOutcome outcome = await download.FetchAsync(file, from, OpenAsync, cancellationToken);
                if (outcome is FetchOutcome.Fetched fetched)
                {
                    await staged!.KeepAsync(fetched.Written.CiphertextHash, cancellationToken);
                }

                return outcome;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                return new FetchOutcome.NotKept();
            }
        }

        async Task<MediaWriter> OpenAsync()
        {
            if (staged is not null)
            {
                await staged.DisposeAsync();
            }

            staged = await store.StageAsync(cancellationToken);
            return new MediaWriter(staged.Content, key, lease.ClientId, plan.Id);
        }
    }

    private static void Store(WorkspaceTransaction transaction, FetchPlan plan, KeyMaterial key, FetchOutcome.Fetched fetched, DateTimeOffset now)
    {
        MediaSettlement.Store(transaction, plan, key, fetched, now);
        if (fetched.Type.Shown)
        {
            Jobs.Enqueue(transaction, LookAtMedia.LookJob, plan.Id, now);
        }
    }

    private static async Task<FetchPlan?> PlanAsync(WorkspaceTransaction transaction, JobLease lease)
    {
        if (await Jobs.SubjectAsync(transaction, lease) is not { } id)
        {
            return null;
        }

        FetchPlan? plan = await FetchPlan.FindAsync(transaction, id);
        if (plan is null)
        {
            Jobs.Complete(transaction, lease);
        }

        return plan;
    }

    private Task<bool> EndAsync(JobLease lease, FetchPlan plan, KeyMaterial? key, string state, string reason, CancellationToken cancellationToken) =>
        SettleAsync(lease, plan, (transaction, now) => MediaSettlement.End(transaction, plan, key, state, reason, now), cancellationToken);

    /// <summary>Ends the job together with what became of the file; nothing is written where the lease was lost.</summary>
    private Task<bool> SettleAsync(JobLease lease, FetchPlan plan, Action<WorkspaceTransaction, DateTimeOffset> write, CancellationToken cancellationToken) =>
        database.TransactAsync(lease.ClientId, async transaction =>
        {
            if (await Jobs.SubjectAsync(transaction, lease) is null)
            {
                return false;
            }

            write(transaction, clock.GetMicrosecondNow());
            Jobs.Complete(transaction, lease);
            Signals.Conversation(transaction, plan.ConversationId);
            return true;
        }, cancellationToken);

    private Task<bool> WaitAsync(JobLease lease, FetchPlan plan, FetchOutcome outcome, CancellationToken cancellationToken) =>
        database.TransactAsync(lease.ClientId, async transaction =>
        {
            if (await Jobs.SubjectAsync(transaction, lease) is null)
            {
                return false;
            }

            string reason = FetchRhythm.Reason(outcome);
            MediaSettlement.Wait(transaction, plan, reason);
            Jobs.Wait(transaction, lease, clock.GetUtcNow() + FetchRhythm.Delay(outcome, plan.Attempts), $"file.{reason}");
            Signals.Conversation(transaction, plan.ConversationId);
            return true;
        }, cancellationToken);

    private static partial class Log
    {
        [LoggerMessage(7101, LogLevel.Information, "File {MediaId}: {Outcome}")]
        public static partial void Ended(ILogger logger, Guid mediaId, FetchOutcome outcome);
    }
}
