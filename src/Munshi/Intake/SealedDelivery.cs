using Munshi.Keyring;
using Npgsql;

namespace Munshi.Intake;

/// <summary>One webhook delivery as received, sealed.</summary>
internal sealed record SealedDelivery(Guid Id, Guid AppId, DateTimeOffset ReceivedAt, Guid KeyId, byte[] Body)
{
    private const string BodyColumn = "intake.delivery.body_sealed";

    /// <summary>Reads the columns <c>id, app_id, received_at, key_id, body_sealed</c>.</summary>
    public static SealedDelivery Read(NpgsqlDataReader reader) =>
        new(reader.GetGuid(0), reader.GetGuid(1), reader.GetFieldValue<DateTimeOffset>(2), reader.GetGuid(3), reader.GetFieldValue<byte[]>(4));

    /// <summary>Where a delivery's bytes stand: it belongs to no workspace yet.</summary>
    public static SealContext Context(Guid id) => new(Guid.Empty, id, BodyColumn);
}
