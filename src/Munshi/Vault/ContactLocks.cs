using System.Buffers.Binary;
using Munshi.Database;

namespace Munshi.Vault;

/// <summary>What keeps two contacts from becoming one, or a message from standing twice under two identifiers of one, until the transaction ends. One statement locks in one order.</summary>
internal static class ContactLocks
{
    private const string Lock =
        """
        SELECT CASE WHEN alone = 1 THEN pg_advisory_xact_lock(contact)::text ELSE pg_advisory_xact_lock_shared(contact)::text END
        FROM (SELECT contact, max(alone) AS alone FROM unnest($1::bigint[], $2::bigint[]) AS k (contact, alone) GROUP BY contact ORDER BY contact) AS k
        """;

    /// <summary>Whoever holds it alone may merge the contacts.</summary>
    public static Statement Alone(params IEnumerable<Guid> contactIds) => Of(contactIds.Select(id => (id, true)));

    /// <summary>The contact stays what it is meanwhile.</summary>
    public static Statement Shared(Guid contactId) => Of([(contactId, false)]);

    /// <param name="contacts">Each to be held alone, or to stay what it is.</param>
    public static Statement Of(IEnumerable<(Guid ContactId, bool Alone)> contacts)
    {
        (long Key, bool Alone)[] keys = [.. contacts.Select(one => (BinaryPrimitives.ReadInt64BigEndian(one.ContactId.ToByteArray().AsSpan(8)), one.Alone))];
        return new Statement(Lock) { ReturnsRows = true }.Longs([.. keys.Select(key => key.Key)]).Longs([.. keys.Select(key => key.Alone ? 1L : 0L)]);
    }
}
