using Microsoft.Data.Sqlite;
using Munshi.Search.Index;
using Munshi.Search.Pages;
using Munshi.Vault.Searching;

namespace Munshi.Search.Finding;

/// <summary>
/// Finds messages and people of one workspace. The index names candidates; the vault, under the workspace's own row-level security, has them opened,
/// filtered and compared with what is sought, so that nothing is shown that the vault would not show.
/// </summary>
internal sealed partial class MessageSearch(IndexFolder folder, SearchKeys keys, SearchedMessages messages, SearchedPeople people, ILogger<MessageSearch> logger)
{
    public const int PageSize = 20;

    /// <summary>Candidates opened for one answer.</summary>
    public const int MostLooked = 5_000;

    /// <summary>Relevance is judged among the newest of this many candidates.</summary>
    public const int MostRanked = 1_000;

    /// <summary>Candidates looked at first: a page and some to spare, since nearly every one holds what is sought, and each may be a read of the disk.</summary>
    private const int FirstWindow = PageSize + 4;

    /// <summary>Where a filter passes some over.</summary>
    private const int FirstFilteredWindow = 60;

    private const int LargestWindow = 200;
    private const int MostPeople = 5;
    private const int PeopleLooked = 50;
    private const int CannotOpen = 14; // SQLITE_CANTOPEN: removed a moment ago

    /// <param name="clientId">The workspace.</param>
    /// <param name="request">What is sought.</param>
    /// <param name="cancellationToken">Honoured throughout.</param>
    public async Task<Findings> FindAsync(Guid clientId, SearchRequest request, CancellationToken cancellationToken)
    {
        try
        {
            using IndexReader? index = folder.Find(clientId) is { } path
                ? await IndexReader.OpenAsync(path, salt => keys.OfAsync(clientId, salt, cancellationToken))
                : null;
            return index is null ? new Findings() : await FindAsync(clientId, index, request, cancellationToken);
        }
        catch (SqliteException failure) when (IndexConnection.IsDamage(failure) || failure.SqliteErrorCode == CannotOpen)
        {
            Log.Unreadable(logger, clientId, failure.SqliteErrorCode);
            if (IndexConnection.IsDamage(failure))
            {
                folder.MarkStale(clientId);
            }

            return new Findings();
        }
    }

    private async Task<Findings> FindAsync(Guid clientId, IndexReader index, SearchRequest request, CancellationToken cancellationToken)
    {
        Findings found = request.Filter.Order is SearchOrder.Relevance
            ? await RankAsync(clientId, index, request, cancellationToken)
            : await NewestAsync(clientId, index, request, cancellationToken);
        IReadOnlyList<Guid> called = request is { Filter.IsAll: true, Before: null, Skip: 0 } ? await PeopleAsync(clientId, index, request.Query, cancellationToken) : [];
        Guid[] conversations = [.. found.Messages.Select(message => message.Message.ConversationId), .. called];
        return found with
        {
            Mark = index.Mark,
            People = called,
            Conversations = conversations.Length == 0 ? found.Conversations : await people.ConversationsAsync(clientId, conversations, cancellationToken),
        };
    }

    private async Task<Findings> NewestAsync(Guid clientId, IndexReader index, SearchRequest request, CancellationToken cancellationToken)
    {
        IReadOnlyList<Guid>? conversations = await ConversationsAsync(clientId, request, cancellationToken);
        if (conversations is [])
        {
            return new Findings();
        }

        (long from, long below) = Places(request);
        List<FoundMessage> found = [];
        int window = request.Filter.IsAll ? FirstWindow : FirstFilteredWindow;
        for (int looked = 0; looked < MostLooked; looked += window, window = Math.Min(3 * window, LargestWindow))
        {
            IReadOnlyList<(long Place, Guid Id)> candidates = index.Messages(request.Query, conversations, from, below, window);
            found.AddRange(await CompareAsync(clientId, candidates, request, cancellationToken));
            if (found.Count > PageSize)
            {
                return new Findings { Messages = [.. found.Take(PageSize)], Before = found[PageSize - 1].Place };
            }

            if (candidates.Count < window)
            {
                return new Findings { Messages = found };
            }

            below = candidates[^1].Place;
        }

        return new Findings { Messages = found, Before = below, IsCut = true };
    }

    private async Task<Findings> RankAsync(Guid clientId, IndexReader index, SearchRequest request, CancellationToken cancellationToken)
    {
        IReadOnlyList<Guid>? conversations = await ConversationsAsync(clientId, request, cancellationToken);
        if (conversations is [])
        {
            return new Findings();
        }

        (long from, long below) = Places(request);
        IReadOnlyList<(long Place, Guid Id)> candidates = index.Messages(request.Query, conversations, from, below, MostRanked);
        List<FoundMessage> ranked = [.. (await CompareAsync(clientId, candidates, request, cancellationToken)).OrderByDescending(found => found.Score).ThenByDescending(found => found.Place)];
        int shown = request.Skip + PageSize;
        return new Findings { Messages = [.. ranked.Skip(request.Skip).Take(PageSize)], Skip = shown < ranked.Count ? shown : null, IsCut = candidates.Count == MostRanked };
    }

    /// <summary>Those that stand, that the filter takes and that hold what is sought, in the order of the candidates.</summary>
    private async Task<IReadOnlyList<FoundMessage>> CompareAsync(
        Guid clientId, IReadOnlyList<(long Place, Guid Id)> candidates, SearchRequest request, CancellationToken cancellationToken)
    {
        if (candidates.Count == 0)
        {
            return [];
        }

        MessageFilter filter = new(
            request.Filter.Person,
            request.Filter.Number,
            request.Filter.Label,
            SearchFilter.KindsOf(request.Filter.Kind),
            request.Filter.Side switch { SearchSide.Ours => true, SearchSide.Customers => false, _ => null },
            request.From,
            request.Until);
        Dictionary<Guid, SearchedMessage> standing =
            (await messages.FilteredAsync(clientId, [.. candidates.Select(candidate => candidate.Id)], filter, cancellationToken)).ToDictionary(message => message.Id);
        return
        [
            .. candidates
                .Select(candidate => standing.TryGetValue(candidate.Id, out SearchedMessage? message) ? FoundMessage.Of(message, candidate.Place, request.Query) : null)
                .OfType<FoundMessage>(),
        ];
    }

    private async Task<IReadOnlyList<Guid>?> ConversationsAsync(Guid clientId, SearchRequest request, CancellationToken cancellationToken) =>
        request.Filter.Person is { } contact ? await people.ConversationsOfAsync(clientId, contact, cancellationToken) : null;

    private async Task<IReadOnlyList<Guid>> PeopleAsync(Guid clientId, IndexReader index, SearchQuery query, CancellationToken cancellationToken)
    {
        IReadOnlyList<Guid> candidates = index.People(query, PeopleLooked);
        if (candidates.Count == 0)
        {
            return [];
        }

        Guid[] called = [.. (await people.OfAsync(clientId, candidates, [], cancellationToken)).Where(person => IsCalled(person, query)).Select(person => person.Id)];
        IReadOnlyList<(Guid IdentifierId, Guid ConversationId)> talks = await people.ConversationsOfAsync(clientId, called, cancellationToken);
        return [.. talks.Select(talk => talk.ConversationId).Distinct().Take(MostPeople)];
    }

    private static bool IsCalled(SearchedPerson person, SearchQuery query)
    {
        if (query.PhonePart is { } part && person.Phone is { } whole && whole.Contains(part, StringComparison.Ordinal))
        {
            return true;
        }

        TextMatch? name = person.Name is null ? null : TextMatch.Of(person.Name, query);
        return Enumerable.Range(0, query.Terms.Count).All(term =>
            (name is not null && name.Has(term))
            || (query.Terms[term].Words is [{ } word] && SearchQuery.IsPhonePart(word.Plain) && person.Phone?.Contains(word.Plain, StringComparison.Ordinal) is true));
    }

    private static (long From, long Below) Places(SearchRequest request) => (
        request.From is { } from ? Place.Of(from) : 0,
        Math.Min(request.Before ?? long.MaxValue, request.Until is { } until ? Place.Of(until) + Place.RowsInSecond : long.MaxValue));

    private static partial class Log
    {
        [LoggerMessage(21021, LogLevel.Warning, "The search index of workspace {ClientId} could not be read: SQLite error {Code}")]
        public static partial void Unreadable(ILogger logger, Guid clientId, int code);
    }
}
