using Munshi.Audit;
using Munshi.Database;
using Munshi.Database.WorkQueue;
using Munshi.Keyring;
using Munshi.Media.Files;
using Munshi.WhatsApp.Exports;

namespace Munshi.Import.Uploading;

/// <summary>Imports uploaded exports, one at a time and beside all other jobs. Broken off and begun anew it adds the rest: nothing stands twice.</summary>
internal sealed partial class RunUpload(
    WorkspaceDatabase database, JobQueue queue, ChatUploads uploads, ChatImport import, KeyCustodian custodian, IMediaStore store, TimeProvider clock, ILogger<RunUpload> logger)
    : IJobHandler, IHostedService, IDisposable
{
    private const int AtOnce = 1;

    /// <summary>How long a job waits that found no place.</summary>
    private static readonly TimeSpan NoPlace = TimeSpan.FromSeconds(1);

    private readonly LongJobs _running = new(queue, clock, logger, AtOnce);

    public string Kind => ChatUploads.Job;

    /// <summary>Begins it and returns, so that no other job waits.</summary>
    public async Task HandleAsync(JobLease lease, CancellationToken cancellationToken)
    {
        if (!_running.TryBegin(lease, this, token => RunAsync(lease, token)))
        {
            await UnderLeaseAsync(lease, (transaction, _) => Jobs.Wait(transaction, lease, clock.GetUtcNow() + NoPlace));
        }
    }

    public Task GiveUpAsync(WorkspaceTransaction transaction, Guid subject)
    {
        uploads.Settle(transaction, subject, "refused", ImportRefusalWord.Of(ImportRefusal.Failed));
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => _running.StopAsync(cancellationToken);

    public void Dispose() => _running.Dispose();

    private async Task RunAsync(JobLease lease, CancellationToken cancellationToken)
    {
        (bool held, OpenUpload? upload) = await database.TransactAsync(
            lease.ClientId,
            async transaction => await Jobs.SubjectAsync(transaction, lease) is { } id ? (true, await uploads.OpenAsync(transaction, id)) : (false, null),
            cancellationToken);
        if (!held)
        {
            return;
        }

        (string state, string? reason, UploadReport? report) = upload is null ? ("done", null, null) : await RunAsync(lease.ClientId, upload, cancellationToken);
        await UnderLeaseAsync(lease, (transaction, id) =>
        {
            uploads.Settle(transaction, id, state, reason, report);
            Jobs.Complete(transaction, lease);
        });
        if (upload is not null)
        {
            await store.RemoveAsync(upload.FileHash, CancellationToken.None);
            Log.Settled(logger, upload.Id, state, reason ?? "-");
        }
    }

    private async Task<(string State, string? Reason, UploadReport? Report)> RunAsync(Guid clientId, OpenUpload upload, CancellationToken cancellationToken)
    {
        if (upload.IsStopping)
        {
            return ("stopped", null, null);
        }

        if (upload.Request is not { } request || await store.OpenAsync(upload.FileHash, cancellationToken) is not { } stored)
        {
            return Refused(ImportRefusal.FileLost);
        }

        ExportOpening opening;
        try
        {
            MediaReader content = await MediaReader.OpenAsync(stored, custodian.Get(upload.KeyId), clientId, upload.Id, cancellationToken);
            DateOnly tomorrow = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).AddDays(1);
            opening = ChatExport.Open(content, request.FileName, request.Order, tomorrow, cancellationToken);
        }
        catch (MediaDamagedException)
        {
            return Refused(ImportRefusal.FileLost);
        }

        if (opening is ExportOpening.Refused refused)
        {
            return ("refused", ImportRefusalWord.Of(refused.Reason), null);
        }

        using ChatExport export = ((ExportOpening.Opened)opening).Export;
        ImportRequest asked = new(request.FileName, request.Contact, request.Business, TimeZoneInfo.FindSystemTimeZoneById(request.TimeZone));
        ImportOutcome outcome = await import.RunAsync(
            clientId, export, asked, Actor.Person(upload.PersonId), cancellationToken, progress => uploads.PassAsync(clientId, upload.Id, progress, cancellationToken));
        return outcome switch
        {
            ImportOutcome.Imported imported => ("done", null, UploadReport.Of(imported)),
            ImportOutcome.Refused { Reason: var reason } => Refused(reason),
            _ => ("stopped", null, null),
        };
    }

    private static (string State, string? Reason, UploadReport? Report) Refused(ImportRefusal reason) => ("refused", ImportRefusalWord.Of(reason), null);

    private Task<bool> UnderLeaseAsync(JobLease lease, Action<WorkspaceTransaction, Guid> act) => database.TransactAsync(
        lease.ClientId,
        async transaction =>
        {
            if (await Jobs.SubjectAsync(transaction, lease) is { } id)
            {
                act(transaction, id);
            }

            return true;
        },
        CancellationToken.None);

    private static partial class Log
    {
        [LoggerMessage(3002, LogLevel.Information, "Upload {UploadId} is settled: {State}, {Reason}")]
        public static partial void Settled(ILogger logger, Guid uploadId, string state, string reason);
    }
}
