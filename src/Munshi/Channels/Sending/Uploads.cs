using Munshi.Database;
using Munshi.Database.WorkQueue;
using Munshi.Media.Files;
using Munshi.Media.Sending;
using Munshi.WhatsApp.Files;
using Munshi.WhatsApp.Sending;

namespace Munshi.Channels.Sending;

/// <summary>Gives Meta the files of messages that are about to leave, a few at once and beside all other jobs.</summary>
/// <remarks>
/// Under the job of the message, before it is marked as leaving: an upload is no message, so one that came to nothing is done again, and a kill costs an upload.
/// </remarks>
internal sealed partial class Uploads(
    WorkspaceDatabase database, JobQueue queue, SendGates gates, SentFiles files, GraphUploads graph, TimeProvider clock, ILogger<Uploads> logger) : IHostedService, IDisposable
{
    private const int AtOnce = 4;

    /// <summary>How long a message waits whose file found no place.</summary>
    private static readonly TimeSpan NoPlace = TimeSpan.FromSeconds(1);

    private readonly LongJobs _running = new(queue, clock, logger, AtOnce);

    /// <summary>Begins it and returns.</summary>
    /// <param name="lease">The message's job.</param>
    /// <param name="handler">Its handler.</param>
    /// <param name="plan">The message.</param>
    /// <param name="file">Its file.</param>
    /// <param name="refused">Records that Meta did not take the file, as if it had not taken the message.</param>
    /// <param name="cancellationToken">Honoured until it has begun.</param>
    public async Task BeginAsync(JobLease lease, IJobHandler handler, SendPlan plan, FileToSend file, Func<SendOutcome, Task> refused, CancellationToken cancellationToken)
    {
        if (!_running.TryBegin(lease, handler, token => UploadAsync(lease, plan, file, refused, token)))
        {
            await EndAsync(lease, plan, (transaction, _) => Wait(transaction, lease, clock.GetUtcNow() + NoPlace), cancellationToken);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>What runs is broken off and done anew.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => _running.StopAsync(cancellationToken);

    public void Dispose() => _running.Dispose();

    private async Task UploadAsync(JobLease lease, SendPlan plan, FileToSend file, Func<SendOutcome, Task> refused, CancellationToken cancellationToken)
    {
        switch (await UploadAsync(lease, plan, file, cancellationToken))
        {
            case FileUpload.Kept kept:
                await EndAsync(lease, plan, (transaction, _) =>
                {
                    files.NoteUpload(transaction, file, kept.FileId);
                    if (plan.Probes)
                    {
                        NumberStops.AskAgain(transaction, plan.From.NumberId, clock.GetMicrosecondNow());
                    }

                    return Wait(transaction, lease, clock.GetUtcNow());
                }, CancellationToken.None);
                break;
            case FileUpload.Failed failed:
                await refused(failed.Outcome);
                break;
            default:
                await EndAsync(lease, plan, async (transaction, row) =>
                {
                    await gates.FailWithoutFileAsync(transaction, row);
                    Jobs.Complete(transaction, lease);
                }, CancellationToken.None);
                break;
        }
    }

    /// <returns>Null where the file cannot be read any more.</returns>
    private async Task<FileUpload?> UploadAsync(JobLease lease, SendPlan plan, FileToSend file, CancellationToken cancellationToken)
    {
        try
        {
            await using Stream? content = await files.OpenAsync(lease.ClientId, file, cancellationToken);
            if (content is null)
            {
                Log.Missing(logger, file.Id);
                return null;
            }

            FileUpload outcome = await graph.UploadAsync(
                new UploadFile
                {
                    PhoneNumberId = plan.From.PhoneNumberId,
                    AccessToken = plan.From.AccessToken,
                    ContentType = file.Type.Name,
                    Content = content,
                    Length = file.Length,
                },
                cancellationToken);
            Log.Answered(logger, file.Id, outcome);
            return outcome;
        }
        catch (MediaDamagedException)
        {
            Log.Missing(logger, file.Id);
            return null;
        }
    }

    /// <summary>Nothing is written where the lease was lost, or the message does not wait for its file any more; its job then finds out.</summary>
    private Task<bool> EndAsync(JobLease lease, SendPlan plan, Func<WorkspaceTransaction, OutboxRow, Task> write, CancellationToken cancellationToken) =>
        database.TransactAsync(lease.ClientId, async transaction =>
        {
            if (await Jobs.SubjectAsync(transaction, lease) is null || await SendGates.LockUploadingAsync(transaction, plan) is not { } row)
            {
                return false;
            }

            await write(transaction, row);
            return true;
        }, cancellationToken);

    private static Task Wait(WorkspaceTransaction transaction, JobLease lease, DateTimeOffset runAt)
    {
        Jobs.Wait(transaction, lease, runAt);
        return Task.CompletedTask;
    }

    private static partial class Log
    {
        [LoggerMessage(9011, LogLevel.Information, "File {MediaId}: {Outcome}")]
        public static partial void Answered(ILogger logger, Guid mediaId, FileUpload outcome);

        [LoggerMessage(9012, LogLevel.Error, "The stored file of {MediaId} that is to be sent is not there, or not what was written")]
        public static partial void Missing(ILogger logger, Guid mediaId);
    }
}
