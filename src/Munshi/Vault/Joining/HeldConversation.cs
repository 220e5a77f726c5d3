using Munshi.Database;

namespace Munshi.Vault.Joining;

/// <summary>A conversation of a contact that is merged or split, locked.</summary>
/// <param name="Id">The conversation.</param>
/// <param name="ContactId">Whose it is.</param>
/// <param name="NumberId">Null in an imported chat while nothing has come through a number.</param>
/// <param name="LastAt">Its last message.</param>
/// <param name="SupersededBy">The one that goes on for it.</param>
internal sealed record HeldConversation(Guid Id, Guid ContactId, Guid? NumberId, DateTimeOffset LastAt, Guid? SupersededBy)
{
    private const string Select =
        """
        SELECT id, contact_id, number_id, last_at, superseded_by FROM vault.conversation
        WHERE client_id = $1 AND contact_id IN ($2, $3)
        ORDER BY id
        FOR UPDATE
        """;

    /// <summary>Those of one contact or two, locked in one order until the transaction ends.</summary>
    public static Task<IReadOnlyList<HeldConversation>> LockAsync(WorkspaceTransaction transaction, Guid one, Guid other) => transaction.RowsAsync(
        new Statement(Select).Uuid(transaction.ClientId).Uuid(one).Uuid(other),
        reader => new HeldConversation(
            reader.GetGuid(0), reader.GetGuid(1), reader.ValueOrNull<Guid>(2), reader.GetFieldValue<DateTimeOffset>(3), reader.ValueOrNull<Guid>(4)));

    /// <summary>Where a contact has several that go on with one number, all but that in which something was said last, each with that.</summary>
    public static IEnumerable<(Guid Id, Guid Newer)> Outdated(IEnumerable<HeldConversation> goingOn) => goingOn
        .GroupBy(one => one.NumberId)
        .Select(same => same.OrderByDescending(one => one.LastAt).ThenByDescending(one => one.Id).ToArray())
        .SelectMany(same => same.Skip(1).Select(older => (older.Id, same[0].Id)));
}
