namespace Munshi.Knowledge;

/// <summary>Addresses of the knowledge pages.</summary>
internal static class KnowledgeUrls
{
    public const string List = "/knowledge";
    public const string Saved = "/knowledge?saved=true";
    public const string New = "/knowledge/new";
    public const string Entries = "/knowledge/entries";
    public const string Import = "/knowledge/import";
    public const string Sample = "/knowledge/sample.csv";

    public static string Entry(string id) => $"{Entries}/{Uri.EscapeDataString(id)}";

    public static string Retirement(string id) => $"{Entry(id)}/retirement";
}
