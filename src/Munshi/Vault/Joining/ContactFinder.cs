using System.Text;
using Munshi.Access;
using Munshi.Database;
using Munshi.Vault.Pages;
using Munshi.Vault.Searching;
using Munshi.Workspaces;

namespace Munshi.Vault.Joining;

/// <summary>Finds conversations by the whole phone number of whoever they are with, or by what they are called.</summary>
internal sealed class ContactFinder(WorkspaceDatabase database, WorkspaceKeys keys, SearchedPeople people, ConversationFinder names)
{
    private const int FewestDigits = 8;
    private const int MostDigits = 15; // ITU-T E.164
    private const int IndianDigits = 10;
    private const string India = "91";

    /// <param name="person">The viewer.</param>
    /// <param name="sought">A phone number, with or without country code; a name or a part of one.</param>
    /// <param name="cancellationToken">Honoured throughout.</param>
    public async Task<FoundView> FindAsync(SignedIn person, string sought, CancellationToken cancellationToken)
    {
        List<byte[]> lookups = [];
        foreach (string number in NumbersOf(sought))
        {
            lookups.Add(await keys.LookupAsync(person.ClientId, "phone", Encoding.UTF8.GetBytes(number), cancellationToken));
        }

        if (lookups.Count == 0)
        {
            return await names.FindAsync(person, sought, cancellationToken);
        }

        IReadOnlyList<Guid> identifiers = await database.RowsAsync(
            person.ClientId,
            new Statement("SELECT id FROM vault.identifier WHERE client_id = $1 AND kind = 'phone' AND lookup = ANY ($2)").Uuid(person.ClientId).BytesArray([.. lookups]),
            reader => reader.GetGuid(0),
            cancellationToken);
        IReadOnlyList<(Guid IdentifierId, Guid ConversationId)> of = await people.ConversationsOfAsync(person.ClientId, identifiers, cancellationToken);
        IReadOnlyDictionary<Guid, SearchedConversation> found = await people.ConversationsAsync(person.ClientId, of.Select(one => one.ConversationId), cancellationToken);
        return new FoundView
        {
            Sought = sought,
            Rows =
            [
                .. found.Values.OrderByDescending(one => one.LastAt)
                    .Select(one => new FoundConversation(one.Id, one.Label.DisplayName, one.Label.MaskedNumber, one.LastAt)),
            ],
        };
    }

    /// <summary>The numbers that somebody may mean by what they typed, digits with country code; none where it is no number.</summary>
    internal static IReadOnlyList<string> NumbersOf(string sought)
    {
        string digits = new([.. sought.Where(char.IsAsciiDigit)]);
        if (digits.Length is < FewestDigits or > MostDigits || sought.Any(one => !char.IsAsciiDigit(one) && !" +-().".Contains(one, StringComparison.Ordinal)))
        {
            return [];
        }

        return digits switch
        {
            { Length: IndianDigits } when !sought.Contains('+', StringComparison.Ordinal) => [digits, India + digits],
            ['0', .. string rest] when rest.Length == IndianDigits => [India + rest],
            _ => [digits],
        };
    }
}
