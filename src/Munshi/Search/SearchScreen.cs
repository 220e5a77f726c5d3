using Microsoft.AspNetCore.Http.HttpResults;
using Munshi.Access;
using Munshi.Channels;
using Munshi.Search.Finding;
using Munshi.Search.Index;
using Munshi.Search.Pages;
using Munshi.Vault;
using Munshi.Vault.Labels;
using Munshi.Vault.Pages;
using Munshi.Vault.Searching;
using Munshi.Web;

namespace Munshi.Search;

/// <summary>Shows the search and what it found.</summary>
internal sealed class SearchScreen(MessageSearch search, SearchedPeople people, Members members, Numbers numbers, LabelBook labels, DashboardPages pages)
{
    /// <summary>Results of relevance are shown no further.</summary>
    private const int MostSkipped = 1_000;

    public async Task<IResult> ShowAsync(HttpContext context, SignedIn person, string typed, long? before, int? skip, CancellationToken cancellationToken)
    {
        PageContext page = await pages.CreateAsync(context, person, cancellationToken);
        SearchFilter filter = SearchFilter.Of(context.Request.Query);
        SearchQuery? query = SearchQuery.Of(typed, out bool isTooLong);
        SearchView view = new()
        {
            Typed = typed.Length > SearchQuery.MaxLength ? typed[..SearchQuery.MaxLength] : typed,
            Filter = filter,
            IsTooLong = isTooLong,
            IsWordless = query is null && !isTooLong && typed.Length > 0,
            Numbers = await NumbersAsync(person.ClientId, cancellationToken),
            Labels = await labels.ListAsync(person.ClientId, cancellationToken),
            PersonName = filter.Person is { } contact ? await NameAsync(person.ClientId, contact, cancellationToken) : null,
        };
        if (query is not null)
        {
            SearchRequest request = new(
                query,
                filter,
                filter.From is { } from ? page.Times.StartOf(from) : null,
                filter.To is { } to ? page.Times.StartOf(to.AddDays(1)) : null,
                before,
                Math.Clamp(skip ?? 0, 0, MostSkipped));
            view = await FoundAsync(person.ClientId, view, await search.FindAsync(person.ClientId, request, cancellationToken), cancellationToken);
        }

        return new RazorComponentResult<SearchPage>(new Dictionary<string, object?> { [nameof(SearchPage.Page)] = page, [nameof(SearchPage.View)] = view })
        {
            StatusCode = isTooLong ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK,
        };
    }

    private async Task<SearchView> FoundAsync(Guid clientId, SearchView view, Findings found, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<Guid, Member> staff = await members.ListAsync(clientId, cancellationToken);
        string? more = found.Before is not null || found.Skip is not null ? SearchUrls.Of(view.Typed, view.Filter, found.Before, found.Skip) : null;
        return view with
        {
            People = [.. found.People.Where(found.Conversations.ContainsKey).Select(id => Shown(found.Conversations[id]))],
            Hits = [.. found.Messages.Where(message => found.Conversations.ContainsKey(message.Message.ConversationId)).Select(message => Hit(message, found.Conversations[message.Message.ConversationId], staff))],
            More = more,
            IsCut = found.IsCut,
            Searchable = Searchable(found.Mark),
            About = found.Mark is { } mark ? Math.Max(mark.About, mark.Count) : 0,
        };
    }

    private static long? Searchable(IndexMark? mark) => mark switch
    {
        null => 0,
        { IsWhole: true } => null,
        _ => mark.Count,
    };

    private static FoundConversation Shown(SearchedConversation conversation) =>
        new(conversation.Id, conversation.Label.DisplayName, conversation.Label.MaskedNumber, conversation.LastAt);

    private static SearchHit Hit(FoundMessage found, SearchedConversation conversation, IReadOnlyDictionary<Guid, Member> staff)
    {
        (MessageAuthor author, string? name) = MessageAuthors.Of(found.Message.Author, staff);
        return new SearchHit
        {
            MessageId = found.Message.Id,
            ContactId = conversation.ContactId,
            DisplayName = conversation.Label.DisplayName,
            Author = author,
            AuthorName = name,
            Kind = found.Message.Kind,
            Outbound = found.Message.Outbound,
            At = found.Message.At,
            Snippet = found.Snippet,
        };
    }

    private async Task<string?> NameAsync(Guid clientId, Guid contactId, CancellationToken cancellationToken)
    {
        IReadOnlyList<Guid> conversations = await people.ConversationsOfAsync(clientId, contactId, cancellationToken);
        return conversations.Count == 0 ? null : (await people.ConversationsAsync(clientId, [conversations[0]], cancellationToken))[conversations[0]].Label.DisplayName;
    }

    private async Task<IReadOnlyList<(Guid Id, string Number)>> NumbersAsync(Guid clientId, CancellationToken cancellationToken)
    {
        IReadOnlyList<(Guid NumberId, Guid AppId)> all = await numbers.ListAsync(clientId, cancellationToken);
        if (all.Count < 2)
        {
            return [];
        }

        List<(Guid, string)> shown = [];
        foreach ((Guid id, _) in all)
        {
            shown.Add((id, $"+{await numbers.DisplayNumberAsync(clientId, id, cancellationToken)}"));
        }

        return shown;
    }
}
