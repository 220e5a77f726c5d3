using System.Globalization;

namespace Munshi.Search.Pages;

/// <summary>Among which messages is searched; null stands for all.</summary>
public sealed record SearchFilter
{
    private const string DayForm = "yyyy-MM-dd";

    /// <summary>The contact whose conversations these are.</summary>
    public Guid? Person { get; init; }

    /// <summary>Our number.</summary>
    public Guid? Number { get; init; }

    /// <summary>A label that the conversation wears.</summary>
    public Guid? Label { get; init; }

    public SearchKind? Kind { get; init; }

    public SearchSide? Side { get; init; }

    /// <summary>The first day, in the reader's zone.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The last day, in the reader's zone.</summary>
    public DateOnly? To { get; init; }

    public SearchOrder Order { get; init; }

    public bool IsAll => this is { Person: null, Number: null, Label: null, Kind: null, Side: null, From: null, To: null };

    /// <summary>The filter of an address; what it does not know stands for all.</summary>
    public static SearchFilter Of(IQueryCollection query) => new()
    {
        Person = Guid.TryParse(query["person"], out Guid person) ? person : null,
        Number = Guid.TryParse(query["number"], out Guid number) ? number : null,
        Label = Guid.TryParse(query["label"], out Guid label) ? label : null,
        Kind = Named<SearchKind>(query["kind"]),
        Side = Named<SearchSide>(query["side"]),
        From = Day(query["from"]),
        To = Day(query["to"]),
        Order = Named<SearchOrder>(query["order"]) ?? SearchOrder.Time,
    };

    public static string Write(DateOnly day) => day.ToString(DayForm, CultureInfo.InvariantCulture);

    public static string Write<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    /// <summary>The provider's types of a kind; null for all.</summary>
    public static IReadOnlyList<string>? KindsOf(SearchKind? kind) => kind switch
    {
        SearchKind.Words => ["text", "reply", "buttons", "list", "link", "template"],
        SearchKind.Pictures => ["image", "sticker"],
        SearchKind.Videos => ["video"],
        SearchKind.Sounds => ["audio"],
        SearchKind.Documents => ["document", "media", "media_placeholder"],
        SearchKind.Places => ["location"],
        SearchKind.Cards => ["contacts"],
        SearchKind.Polls => ["poll"],
        SearchKind.Calls => ["call"],
        SearchKind.Notices => ["system", "deleted"],
        _ => null,
    };

    private static DateOnly? Day(string? text) =>
        DateOnly.TryParseExact(text, DayForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day) && day.Year is >= 1900 and < 9999 ? day : null;

    private static T? Named<T>(string? name)
        where T : struct, Enum
    {
        foreach (T value in Enum.GetValues<T>())
        {
            if (string.Equals(value.ToString(), name, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        return null;
    }
}
