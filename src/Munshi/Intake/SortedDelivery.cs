using Munshi.Database;
using Munshi.Keyring;
using Munshi.WhatsApp.Webhooks;

namespace Munshi.Intake;

/// <summary>A delivery taken apart, each update sealed for the one workspace it belongs to.</summary>
internal sealed class SortedDelivery(SealedDelivery delivery, KeyMaterial key)
{
    internal const string UpdateColumn = "intake.update.body_sealed";
    internal const string QuarantineColumn = "intake.quarantine.body_sealed";

    private static readonly string SortDeliveries = Sql.Read("Intake/sort_deliveries.sql");
    private static readonly string ReleaseQuarantined = Sql.Read("Intake/release_quarantined.sql");

    private readonly List<Routed> _routed = [];
    private readonly List<Quarantined> _quarantined = [];

    public Guid DeliveryId => delivery.Id;

    /// <summary>What was wrong with the delivery as a whole; one of our own reason words.</summary>
    public string? Problem { get; init; }

    public int QuarantinedCount => _quarantined.Count;

    /// <summary>The places of those in the delivery.</summary>
    public int[] QuarantinedOrdinals => [.. _quarantined.Select(update => update.Ordinal)];

    /// <summary>The workspace whose app signed it, where it is to be told of what could not be used.</summary>
    public Guid? AppOwner { get; set; }

    public void Route(Guid clientId, WebhookUpdate update)
    {
        Guid id = Guid.CreateVersion7(delivery.ReceivedAt);
        _routed.Add(new Routed(clientId, id, update.Ordinal, update.Kind.Word(), SealedValue.Seal(key, new SealContext(clientId, id, UpdateColumn), update.Json.Span)) { Reference = ProviderReference.Of(key, update.Json.Span) });
    }

    public void Quarantine(WebhookUpdate update, string reason)
    {
        Guid id = Guid.CreateVersion7(delivery.ReceivedAt);
        _quarantined.Add(new Quarantined(id, update.Ordinal, update.Kind.Word(), reason, SealedValue.Seal(key, new SealContext(Guid.Empty, id, QuarantineColumn), update.Json.Span)));
    }

    /// <summary>Writes everything of them all, each delivery once, however often it is run.</summary>
    public static Statement Statement(IReadOnlyList<SortedDelivery> batch, DateTimeOffset now)
    {
        (Guid DeliveryId, Routed Update)[] routed = [.. batch.SelectMany(sorted => sorted._routed, (sorted, update) => (sorted.DeliveryId, update))];
        (Guid DeliveryId, Quarantined Update)[] quarantined = [.. batch.SelectMany(sorted => sorted._quarantined, (sorted, update) => (sorted.DeliveryId, update))];
        (Guid DeliveryId, Guid ClientId, string Reason, int Count)[] problems = [.. batch.SelectMany(sorted => sorted.Problems())];
        return new Statement(SortDeliveries)
            .Time(now)
            .Uuids([.. batch.Select(sorted => sorted.DeliveryId)]).Texts([.. batch.Select(sorted => sorted.Problem)])
            .Ints([.. batch.Select(sorted => sorted._routed.Count + sorted._quarantined.Count)])
            .Uuids([.. routed.Select(u => u.DeliveryId)]).Uuids([.. routed.Select(u => u.Update.ClientId)]).Uuids([.. routed.Select(u => u.Update.Id)])
            .Ints([.. routed.Select(u => u.Update.Ordinal)]).Texts([.. routed.Select(u => u.Update.Kind)]).BytesArray([.. routed.Select(u => u.Update.Body)])
            .Uuids([.. routed.Select(_ => Guid.CreateVersion7(now))])
            .Uuids([.. quarantined.Select(u => u.DeliveryId)]).Uuids([.. quarantined.Select(u => u.Update.Id)])
            .Ints([.. quarantined.Select(u => u.Update.Ordinal)]).Texts([.. quarantined.Select(u => u.Update.Kind)])
            .Texts([.. quarantined.Select(u => u.Update.Reason)]).BytesArray([.. quarantined.Select(u => u.Update.Body)])
            .BytesArray([.. routed.Select(u => u.Update.Reference)])
            .Uuids([.. problems.Select(p => p.DeliveryId)]).Uuids([.. problems.Select(p => p.ClientId)])
            .Texts([.. problems.Select(p => p.Reason)]).Ints([.. problems.Select(p => p.Count)]);
    }

    /// <summary>Lets in those updates of them that were quarantined, each once, however often it is run.</summary>
    /// <param name="batch">With what was routed.</param>
    /// <param name="owner">The workspace whose app signed them.</param>
    /// <param name="now">UTC.</param>
    public static Statement Release(IReadOnlyList<SortedDelivery> batch, Guid owner, DateTimeOffset now)
    {
        (Guid DeliveryId, Routed Update)[] routed = [.. batch.SelectMany(sorted => sorted._routed, (sorted, update) => (sorted.DeliveryId, update))];
        return new Statement(ReleaseQuarantined)
            .Time(now).Uuid(owner)
            .Uuids([.. routed.Select(u => u.DeliveryId)]).Uuids([.. routed.Select(u => u.Update.ClientId)]).Uuids([.. routed.Select(u => u.Update.Id)])
            .Ints([.. routed.Select(u => u.Update.Ordinal)]).Texts([.. routed.Select(u => u.Update.Kind)]).BytesArray([.. routed.Select(u => u.Update.Body)])
            .BytesArray([.. routed.Select(u => u.Update.Reference)])
            .Uuids([.. routed.Select(_ => Guid.CreateVersion7(now))]);
    }

    private IEnumerable<(Guid DeliveryId, Guid ClientId, string Reason, int Count)> Problems()
    {
        if (AppOwner is not { } owner)
        {
            return [];
        }

        IEnumerable<(Guid, Guid, string, int)> aside = _quarantined.GroupBy(update => update.Reason).Select(same => (DeliveryId, owner, same.Key, same.Count()));
        return Problem is { } whole ? aside.Append((DeliveryId, owner, whole, 0)) : aside;
    }

    private sealed record Routed(Guid ClientId, Guid Id, int Ordinal, string Kind, byte[] Body)
    {
        public byte[]? Reference { get; init; }
    }

    private sealed record Quarantined(Guid Id, int Ordinal, string Kind, string Reason, byte[] Body);
}
