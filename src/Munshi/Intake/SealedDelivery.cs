using Munshi.Keyring;

namespace Munshi.Intake;

/// <summary>One webhook delivery as received, sealed.</summary>
internal sealed record SealedDelivery(Guid Id, Guid AppId, DateTimeOffset ReceivedAt, Guid KeyId, byte[] Body)
{
    private const string BodyColumn = "intake.delivery.body_sealed";

    /// <summary>Where a delivery's bytes stand: it belongs to no workspace yet.</summary>
    public static SealContext Context(Guid id) => new(Guid.Empty, id, BodyColumn);
}
