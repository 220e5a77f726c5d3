using Munshi.Database;
using Npgsql;

namespace Munshi.Vault.Joining;

/// <summary>What a form did when it was sent before.</summary>
/// <param name="Kind">What became of the contacts.</param>
/// <param name="ContactId">The one that stayed.</param>
/// <param name="OtherContactId">The one that went into it, or came out of it.</param>
/// <param name="Identifiers">What went.</param>
/// <param name="Undoes">The merge that was taken back.</param>
internal sealed record DoneAct(ContactEventKind Kind, Guid ContactId, Guid OtherContactId, Guid[] Identifiers, Guid? Undoes)
{
    internal const string Query = "SELECT kind, contact_id, other_contact_id, identifier_ids, undoes FROM vault.contact_event WHERE client_id = $1 AND id = $2";

    internal static DoneAct Read(NpgsqlDataReader reader) => new(
        ContactEventKinds.Of(reader.GetString(0)), reader.GetGuid(1), reader.GetGuid(2), reader.GetFieldValue<Guid[]>(3), reader.ValueOrNull<Guid>(4));

    public bool IsMergeOf(Guid one, Guid other) =>
        Kind is ContactEventKind.Merged && ((ContactId, OtherContactId) == (one, other) || (ContactId, OtherContactId) == (other, one));

    /// <param name="contactId">The contact.</param>
    /// <param name="undoes">The merge to be taken back; null where identifiers are named.</param>
    /// <param name="identifiers">Those.</param>
    public bool IsSplitOf(Guid contactId, Guid? undoes, IReadOnlyCollection<Guid> identifiers) =>
        Kind is ContactEventKind.Split && ContactId == contactId && Undoes == undoes && (undoes is not null || identifiers.ToHashSet().SetEquals(Identifiers));
}
