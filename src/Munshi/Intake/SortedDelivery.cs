using Munshi.Database;
using Munshi.Keyring;
using Munshi.WhatsApp.Webhooks;

namespace Munshi.Intake;

/// <summary>A delivery taken apart, each update sealed for the one workspace it belongs to.</summary>
internal sealed class SortedDelivery(SealedDelivery delivery, KeyMaterial key)
{
    internal const string UpdateColumn = "intake.update.body_sealed";
    internal const string QuarantineColumn = "intake.quarantine.body_sealed";

    private static readonly string SortDelivery = Sql.Read("Intake/sort_delivery.sql");

    private readonly List<(Guid ClientId, Guid Id, int Ordinal, string Kind, byte[] Body)> _routed = [];
    private readonly List<(Guid Id, int Ordinal, string Kind, string Reason, byte[] Body)> _quarantined = [];

    public Guid DeliveryId => delivery.Id;

    /// <summary>What was wrong with the delivery as a whole; one of our own reason words.</summary>
    public string? Problem { get; init; }

    public int Quarantined => _quarantined.Count;

    public void Route(Guid clientId, WebhookUpdate update)
    {
        Guid id = Guid.CreateVersion7(delivery.ReceivedAt);
        _routed.Add((clientId, id, update.Ordinal, KindName(update.Kind), SealedValue.Seal(key, new SealContext(clientId, id, UpdateColumn), update.Json.Span)));
    }

    public void Quarantine(WebhookUpdate update, string reason)
    {
        Guid id = Guid.CreateVersion7(delivery.ReceivedAt);
        _quarantined.Add((id, update.Ordinal, KindName(update.Kind), reason, SealedValue.Seal(key, new SealContext(Guid.Empty, id, QuarantineColumn), update.Json.Span)));
    }

    /// <summary>Writes everything, once, however often it is run.</summary>
    public Statement Statement(DateTimeOffset now) => new Statement(SortDelivery)
        .Uuid(delivery.Id).Time(now).Time(delivery.ReceivedAt).Uuid(delivery.KeyId).Text(Problem)
        .Uuids([.. _routed.Select(u => u.ClientId)]).Uuids([.. _routed.Select(u => u.Id)]).Ints([.. _routed.Select(u => u.Ordinal)])
        .Texts([.. _routed.Select(u => u.Kind)]).BytesArray([.. _routed.Select(u => u.Body)])
        .Uuids([.. _routed.Select(_ => Guid.CreateVersion7(now))])
        .Uuid(delivery.AppId)
        .Uuids([.. _quarantined.Select(u => u.Id)]).Ints([.. _quarantined.Select(u => u.Ordinal)]).Texts([.. _quarantined.Select(u => u.Kind)])
        .Texts([.. _quarantined.Select(u => u.Reason)]).BytesArray([.. _quarantined.Select(u => u.Body)]);

    private static string KindName(UpdateKind kind) => kind switch
    {
        UpdateKind.Message => UpdateHandler.MessageKind,
        UpdateKind.Status => UpdateHandler.StatusKind,
        UpdateKind.Error => "error",
        UpdateKind.Echo => "echo",
        UpdateKind.HistoryItem => "history",
        UpdateKind.AppState => "app_state",
        UpdateKind.UserPreference => "user_preference",
        _ => "account",
    };
}
