namespace Munshi.Notices;

/// <summary>Addresses of the notices' page.</summary>
internal static class NoticeUrls
{
    public const string Settings = "/settings/notices";
    public const string Test = "/settings/notices/test";

    public static string Before(string cursor) => $"{Settings}?before={Uri.EscapeDataString(cursor)}";
}
