namespace Munshi.Api;

/// <summary>One thing the customer may choose.</summary>
/// <param name="Id">Comes back with the choice; unique among the options.</param>
/// <param name="Title">At most 20 characters on a button, 24 in a list.</param>
/// <param name="Description">In a list only, at most 72 characters.</param>
internal sealed record SendOption(string? Id, string? Title, string? Description = null)
{
    public override string ToString() => nameof(SendOption);
}
