using System.Globalization;

namespace Munshi.Search.Pages;

/// <summary>The search's addresses.</summary>
public static class SearchUrls
{
    public const string Start = "/search";

    /// <param name="typed">What is sought.</param>
    /// <param name="filter">Among which messages.</param>
    /// <param name="before">Where older ones go on.</param>
    /// <param name="skip">How many were shown.</param>
    public static string Of(string typed, SearchFilter filter, long? before = null, int? skip = null)
    {
        QueryString query = QueryString.Create("q", typed);
        void Add(string name, string? value) => query = value is null ? query : query.Add(name, value);
        Add("person", filter.Person?.ToString());
        Add("number", filter.Number?.ToString());
        Add("label", filter.Label?.ToString());
        Add("kind", filter.Kind is { } kind ? SearchFilter.Write(kind) : null);
        Add("side", filter.Side is { } side ? SearchFilter.Write(side) : null);
        Add("from", filter.From is { } from ? SearchFilter.Write(from) : null);
        Add("to", filter.To is { } to ? SearchFilter.Write(to) : null);
        Add("order", filter.Order is SearchOrder.Time ? null : SearchFilter.Write(filter.Order));
        Add("before", before?.ToString(CultureInfo.InvariantCulture));
        Add("skip", skip?.ToString(CultureInfo.InvariantCulture));
        return Start + query;
    }

    /// <summary>The conversation, at the message.</summary>
    public static string Message(Guid messageId) => $"{Start}/open/{messageId}";
}
