using Munshi.Access;
using Munshi.Audit;
using Munshi.Vault.Pages;

namespace Munshi.Vault;

/// <summary>Who wrote a message, from the pseudonym in its record.</summary>
internal static class MessageAuthors
{
    private const string PersonPrefix = "person:";
    private const string ProgramPrefix = "program:";

    /// <returns>The name of a member of staff, where known.</returns>
    public static (MessageAuthor Author, string? Name) Of(string pseudonym, IReadOnlyDictionary<Guid, Member> people)
    {
        if (pseudonym.StartsWith(PersonPrefix, StringComparison.Ordinal))
        {
            return (MessageAuthor.Person, people.GetValueOrDefault(Guid.Parse(pseudonym.AsSpan(PersonPrefix.Length)))?.Name);
        }

        // Which of our people wrote on the phone, neither an export nor an echo tells; another responder is none of ours.
        if (pseudonym == Actor.Import.Pseudonym || pseudonym == Actor.Phone.Pseudonym || pseudonym == Actor.OtherResponder.Pseudonym)
        {
            return (MessageAuthor.Person, null);
        }

        return (pseudonym.StartsWith(ProgramPrefix, StringComparison.Ordinal) ? MessageAuthor.Automatic : MessageAuthor.Customer, null);
    }
}
