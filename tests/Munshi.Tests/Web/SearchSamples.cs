using Munshi.Search.Pages;
using Munshi.Vault.Pages;

namespace Munshi.Tests.Web;

/// <summary>What the search page shows, in the states that show the most.</summary>
internal static class SearchSamples
{
    private static readonly Guid Priya = new(1, 0, 0, [0, 0, 0, 0, 0, 0, 0, 3]);

    public static SearchFilter Filter { get; } = new()
    {
        Person = Priya,
        Number = new Guid(1, 0, 0, [0, 0, 0, 0, 0, 0, 0, 4]),
        Kind = SearchKind.Documents,
        Side = SearchSide.Customers,
        From = new DateOnly(2026, 11, 1),
        To = new DateOnly(2026, 11, 12),
    };

    public static SearchView Found() => new()
    {
        Typed = "red saree",
        Filter = new SearchFilter(),
        People = [new FoundConversation(Priya, "Priya Ghosh", "+91 90••• ••001", PageRenderer.Now.AddMinutes(-5))],
        Hits =
        [
            Hit(1) with { Snippet = [new("Have you the ", false), new("red", true), new(" cotton ", false), new("saree", true), new(" <b>in stock</b>?", false)] },
            Hit(2) with { Outbound = true, Author = MessageAuthor.Person, AuthorName = "Debjit Roy", Snippet = [new("…লাল ", false), new("শাড়িটা", true), new(" আছে", false)] },
            Hit(3) with { Outbound = true, Author = MessageAuthor.Automatic, DisplayName = "राहुल वर्मा", Kind = "document", Snippet = [new("red-saree.pdf", true)] },
        ],
        More = SearchUrls.Of("red saree", new SearchFilter(), before: 1),
        Numbers = [(Guid.NewGuid(), "+919000000001"), (Guid.NewGuid(), "+919000000002")],
        Labels = Samples.Labels,
    };

    public static SearchView Building() => Found() with { Searchable = 120_000, About = 1_000_000, Filter = Filter, PersonName = "Priya Ghosh" };

    public static SearchView Empty() => new() { Typed = "", Filter = new SearchFilter() };

    public static SearchView Nothing() => new() { Typed = "nobody <wrote> this", Filter = new SearchFilter(), Searchable = 0 };

    private static SearchHit Hit(int number) => new()
    {
        MessageId = new Guid(number, 0, 0, [0, 0, 0, 0, 0, 0, 0, 1]),
        ContactId = Priya,
        DisplayName = "Priya Ghosh",
        Author = MessageAuthor.Customer,
        Kind = "text",
        Outbound = false,
        At = PageRenderer.Now.AddMinutes(-number),
        Snippet = [],
    };
}
