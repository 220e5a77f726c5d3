namespace Munshi.Vault.Labels;

/// <summary>The addresses of the labels' page.</summary>
public static class LabelUrls
{
    public const string Settings = "/settings/labels";

    public static string Label(Guid id) => $"{Settings}/{id}";

    public static string Retirement(Guid id) => $"{Settings}/{id}/retirement";
}
