namespace Munshi.Sandbox.Phone;

/// <summary>A fictitious customer offered on the page.</summary>
public sealed record PresetCustomer(string Number, string Name)
{
    public static readonly IReadOnlyList<PresetCustomer> All =
    [
        new("919000000101", "Asha"),
        new("919000000102", "Ravi"),
        new("919000000103", "Meera"),
    ];
}
