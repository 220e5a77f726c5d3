using Munshi.Database;
using Munshi.Database.WorkQueue;
using Munshi.Vault;

namespace Munshi.Intake;

/// <summary>Brings updates into the vault; update, message, audit event and jobs are settled in one transaction.</summary>
internal sealed class UpdateHandler(
    WorkspaceDatabase database, PendingUpdates updates, UpdateReceivers receivers, ReceivedTogether together, TimeProvider clock)
    : IJobGroupHandler
{
    internal const string MessageKind = "message";
    internal const string StatusKind = "status";

    /// <summary>The kind of the job that brings one in.</summary>
    internal const string JobKind = "intake.update";

    /// <summary>Why an update failed whose job was tried for the last time.</summary>
    internal const string GivenUpReason = "given-up";

    /// <summary>A status may come before the answer to the sending is stored; after so many tries it is about nothing of ours.</summary>
    private const int MaxWaits = 8;

    public string Kind => JobKind;

    public int MostTogether => 256;

    public Task HandleAsync(JobLease lease, CancellationToken cancellationToken) =>
        database.TransactAsync(lease.ClientId, async transaction =>
        {
            if (await Jobs.SubjectAsync(transaction, lease) is not { } updateId)
            {
                return false;
            }

            ReceiptOutcome outcome = await PendingUpdates.FindAsync(transaction, updateId) is { } update
                ? await receivers.ReceiveAsync(transaction, update)
                : new ReceiptOutcome.Duplicate();
            if (outcome is ReceiptOutcome.NotYet && lease.Attempt < MaxWaits)
            {
                Jobs.PutOff(transaction, lease, clock.GetUtcNow() + TimeSpan.FromMilliseconds(250 * Math.Pow(2, lease.Attempt)));
                return true;
            }

            updates.Settle(transaction, [(updateId, outcome)]);
            Jobs.Complete(transaction, lease);
            return true;
        }, cancellationToken);

    /// <summary>Ordinary messages of known customers; statuses and all that needs more looking are left, a customer's messages in their order.</summary>
    public Task<IReadOnlyList<IReadOnlyList<JobLease>>> HandleAsync(IReadOnlyList<JobLease> leases, CancellationToken cancellationToken) =>
        database.TransactAsync<IReadOnlyList<IReadOnlyList<JobLease>>>(leases[0].ClientId, async transaction =>
        {
            IReadOnlyDictionary<JobLease, Guid> subjects = await Jobs.SubjectsAsync(transaction, leases);
            List<(Guid UpdateId, ArrivedMessage Message)> arrived = await ArrivedAsync(transaction, subjects.Values);
            IReadOnlyList<ReceiptOutcome?> outcomes = arrived.Count == 0 ? [] : await together.ReceiveAsync(transaction, [.. arrived.Select(one => one.Message)]);
            Dictionary<Guid, ReceiptOutcome> settled = arrived.Zip(outcomes)
                .Where(one => one.Second is not null)
                .ToDictionary(one => one.First.UpdateId, one => one.Second!);
            if (settled.Count > 0)
            {
                updates.Settle(transaction, [.. settled.Select(one => (one.Key, one.Value))]);
                Jobs.Complete(transaction, subjects.Where(one => settled.ContainsKey(one.Value)).Select(one => one.Key));
            }

            Dictionary<Guid, string?> authors = arrived.ToDictionary(one => one.UpdateId, one => one.Message.Claims is [{ } author, ..] ? author.Value : null);
            return
            [
                .. leases.Where(lease => subjects.TryGetValue(lease, out Guid update) && !settled.ContainsKey(update))
                    .GroupBy(lease => authors.GetValueOrDefault(subjects[lease]) ?? lease.JobId.ToString())
                    .Select(line => line.ToArray()),
            ];
        }, cancellationToken);

    /// <summary>The update stays sealed where it is, failed and to be replayed.</summary>
    public Task GiveUpAsync(WorkspaceTransaction transaction, Guid subject)
    {
        updates.Settle(transaction, [(subject, new ReceiptOutcome.Unusable(GivenUpReason))]);
        return Task.CompletedTask;
    }

    private async Task<List<(Guid UpdateId, ArrivedMessage Message)>> ArrivedAsync(WorkspaceTransaction transaction, IEnumerable<Guid> updateIds)
    {
        List<(Guid, ArrivedMessage)> arrived = [];
        foreach (PendingUpdate update in await PendingUpdates.FindAsync(transaction, updateIds))
        {
            if (update.Kind == MessageKind && await TryReadAsync(transaction, update) is { } message)
            {
                arrived.Add((update.Id, message));
            }
        }

        return arrived;
    }

    /// <summary>Null when it does not open: alone, it says why.</summary>
    private async Task<ArrivedMessage?> TryReadAsync(WorkspaceTransaction transaction, PendingUpdate update) =>
        updates.TryOpen(transaction.ClientId, update) is { } json ? await updates.MessageAsync(transaction, update, json) : null;
}
