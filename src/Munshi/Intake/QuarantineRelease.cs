using System.Security.Cryptography;
using Munshi.Channels;
using Munshi.Channels.Health;
using Munshi.Database;
using Munshi.Database.WorkQueue;
using Munshi.Keyring;
using Munshi.WhatsApp.Webhooks;

namespace Munshi.Intake;

/// <summary>Lets in what came for a number or an account before it was connected: the customers were answered with 200, so nothing of it is lost.</summary>
/// <remarks>Each update is let in once, however often this is run. What no longer opens, or still concerns nobody, stays quarantined.</remarks>
internal sealed class QuarantineRelease(
    Databases databases, WorkspaceDatabase workspaces, KeyCustodian custodian, Numbers numbers, NumberAccounts accounts, TimeProvider clock) : IJobHandler
{
    /// <summary>So many deliveries are read at a time, of at most 3 MB each.</summary>
    private const int AtOnce = 16;

    private const string Kept =
        """
        SELECT delivery_id, array_agg(ordinal) FROM intake.quarantine
        WHERE app_id = $1 AND released_at IS NULL AND delivery_id > $2
        GROUP BY delivery_id ORDER BY delivery_id LIMIT $3
        """;

    private const string Deliveries = "SELECT id, app_id, received_at, key_id, body_sealed FROM intake.delivery WHERE id = ANY ($1) ORDER BY id";

    public string Kind => Numbers.ConnectedJob;

    /// <summary>The subject is the number.</summary>
    public async Task HandleAsync(JobLease lease, CancellationToken cancellationToken)
    {
        Guid number = await workspaces.TransactAsync(
            lease.ClientId, async transaction => await Jobs.SubjectAsync(transaction, lease) ?? Guid.Empty, cancellationToken);
        if (number == Guid.Empty)
        {
            return;
        }

        await ReleaseAsync(await numbers.AppOfAsync(lease.ClientId, number, cancellationToken), cancellationToken);
        await workspaces.TransactAsync(lease.ClientId, async transaction =>
        {
            if (await Jobs.SubjectAsync(transaction, lease) is not null)
            {
                Jobs.Complete(transaction, lease);
            }

            return true;
        }, cancellationToken);
    }

    /// <summary>What is quarantined stays so; connecting the number anew asks again.</summary>
    public Task GiveUpAsync(WorkspaceTransaction transaction, Guid subject) => Task.CompletedTask;

    private async Task ReleaseAsync(Guid appId, CancellationToken cancellationToken)
    {
        if (await numbers.OwnerOfAppAsync(appId, cancellationToken) is not { } owner)
        {
            return;
        }

        Guid passed = Guid.Empty;
        while (true)
        {
            IReadOnlyList<(Guid DeliveryId, int[] Ordinals)> kept = await databases.Sorter.RowsAsync(
                new Statement(Kept).Uuid(appId).Uuid(passed).Int(AtOnce), reader => (reader.GetGuid(0), reader.GetFieldValue<int[]>(1)), cancellationToken);
            if (kept.Count == 0)
            {
                return;
            }

            await ReleaseAsync(owner, kept, cancellationToken);
            passed = kept[^1].DeliveryId;
        }
    }

    /// <summary>Looks again at what was quarantined just now: its number may have been connected while it was sorted, and the job been through before it stood there.</summary>
    /// <param name="owner">The workspace whose app signed the delivery.</param>
    /// <param name="deliveryId">Where.</param>
    /// <param name="ordinals">Which of its updates.</param>
    /// <param name="cancellationToken">Honoured between statements.</param>
    public Task LookAgainAsync(Guid owner, Guid deliveryId, int[] ordinals, CancellationToken cancellationToken) =>
        ReleaseAsync(owner, [(deliveryId, ordinals)], cancellationToken);

    private async Task ReleaseAsync(Guid owner, IReadOnlyList<(Guid DeliveryId, int[] Ordinals)> kept, CancellationToken cancellationToken)
    {
        IReadOnlyList<SealedDelivery> deliveries = await databases.Sorter.RowsAsync(
            new Statement(Deliveries).Uuids([.. kept.Select(delivery => delivery.DeliveryId)]), SealedDelivery.Read, cancellationToken);
        Dictionary<Guid, int[]> ordinals = kept.ToDictionary(delivery => delivery.DeliveryId, delivery => delivery.Ordinals);
        List<SortedDelivery> released = [];
        foreach (SealedDelivery delivery in deliveries)
        {
            if (await RouteAsync(delivery, [.. ordinals[delivery.Id]], cancellationToken) is { } sorted)
            {
                released.Add(sorted);
            }
        }

        if (released.Count > 0)
        {
            await databases.Sorter.ExecuteAsync(SortedDelivery.Release(released, owner, clock.GetUtcNow()), Notifications.Work, cancellationToken);
        }
    }

    /// <summary>Those of a delivery's updates that concern a workspace now; null where none does.</summary>
    private async Task<SortedDelivery?> RouteAsync(SealedDelivery delivery, HashSet<int> ordinals, CancellationToken cancellationToken)
    {
        if (custodian.Find(delivery.KeyId) is not { } key || Open(delivery, key) is not EnvelopeOutcome.Updates updates)
        {
            return null;
        }

        SortedDelivery sorted = new(delivery, key);
        UpdateRoutes routes = new(numbers, accounts, delivery.AppId);
        bool any = false;
        foreach (WebhookUpdate update in updates.Items.Where(update => ordinals.Contains(update.Ordinal)))
        {
            foreach (Guid workspace in (await routes.OfAsync(update, cancellationToken)).Workspaces)
            {
                sorted.Route(workspace, update);
                any = true;
            }
        }

        return any ? sorted : null;
    }

    private static EnvelopeOutcome? Open(SealedDelivery delivery, KeyMaterial key)
    {
        try
        {
            return WebhookEnvelope.Read(SealedValue.Open(key, SealedDelivery.Context(delivery.Id), delivery.Body));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
