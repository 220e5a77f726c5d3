namespace Munshi.Vault.Fields;

/// <summary>The addresses of the fields' page.</summary>
public static class FieldUrls
{
    public const string Settings = "/settings/fields";

    public static string Field(Guid id) => $"{Settings}/{id}";

    public static string Retirement(Guid id) => $"{Settings}/{id}/retirement";
}
