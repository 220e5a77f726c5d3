using System.Globalization;
using Munshi.Access;
using Munshi.Database;
using Munshi.Vault.Pages;
using Npgsql;

namespace Munshi.Vault;

/// <summary>Finds conversations by what their contact is called. Names stand sealed, so the newest are opened and looked through.</summary>
internal sealed class ConversationFinder(WorkspaceDatabase database, ContactLabels labels)
{
    /// <summary>Opening so many names takes some tens of milliseconds; older conversations are reached through the inbox.</summary>
    private const int LookedThrough = 2000;

    private const int MostFound = 20;

    private const CompareOptions Loosely = CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace | CompareOptions.IgnoreWidth;

    private static readonly string Newest = Sql.Read("Vault/find_conversations.sql");

    /// <param name="person">The viewer.</param>
    /// <param name="sought">A name or a part of one; a masked number's last digits. Each word must occur.</param>
    /// <param name="cancellationToken">Honoured throughout.</param>
    public async Task<FoundView> FindAsync(SignedIn person, string sought, CancellationToken cancellationToken)
    {
        string[] words = sought.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0)
        {
            return new FoundView { Sought = "", Rows = [] };
        }

        IReadOnlyList<FoundConversation> looked = await database.RowsAsync(
            person.ClientId,
            new Statement(Newest).Uuid(person.ClientId).Int(LookedThrough),
            reader => Read(person.ClientId, reader),
            cancellationToken);
        return new FoundView
        {
            Sought = sought,
            Rows = [.. looked.Where(row => words.All(word => Holds(row.DisplayName, word) || Holds(row.MaskedNumber, word))).Take(MostFound)],
            Cut = looked.Count == LookedThrough,
        };
    }

    private static bool Holds(string? text, string word) =>
        text is not null && CultureInfo.InvariantCulture.CompareInfo.IndexOf(text, word, Loosely) >= 0;

    private FoundConversation Read(Guid clientId, NpgsqlDataReader reader)
    {
        ContactLabel label = labels.Read(clientId, reader);
        return new FoundConversation(
            reader.GetGuid(ContactLabels.Columns), label.DisplayName, label.MaskedNumber, reader.GetFieldValue<DateTimeOffset>(ContactLabels.Columns + 1));
    }
}
