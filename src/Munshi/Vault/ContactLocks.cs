using System.Buffers.Binary;
using Munshi.Database;

namespace Munshi.Vault;

/// <summary>What keeps two contacts from becoming one, or a message from standing twice under two identifiers of one, until the transaction ends. Several are always locked in one order.</summary>
internal static class ContactLocks
{
    /// <summary>Whoever holds it alone may merge the contact.</summary>
    public static Statement Alone(params IEnumerable<Guid> contactIds) => Of("SELECT pg_advisory_xact_lock(contact) FROM unnest($1::bigint[]) AS contact", contactIds);

    /// <summary>The contacts stay what they are meanwhile.</summary>
    public static Statement Shared(params IEnumerable<Guid> contactIds) => Of("SELECT pg_advisory_xact_lock_shared(contact) FROM unnest($1::bigint[]) AS contact", contactIds);

    private static Statement Of(string lockThem, IEnumerable<Guid> contactIds) =>
        new Statement(lockThem) { ReturnsRows = true }.Longs([.. contactIds.Select(KeyOf).Distinct().Order()]);

    private static long KeyOf(Guid contactId) => BinaryPrimitives.ReadInt64BigEndian(contactId.ToByteArray().AsSpan(8));
}
