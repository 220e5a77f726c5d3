namespace Munshi.Sandbox.Phone;

/// <summary>A card in a bubble: a place, an address card, an order, a sticker.</summary>
/// <param name="Icon">A name that <see cref="Icon"/> draws.</param>
/// <param name="Picture">A picture that the sandbox carries; null without one.</param>
public sealed record MessageDetail(string Icon, string Title, IReadOnlyList<string> Lines, string? Picture = null)
{
    /// <summary>Where the sandbox has the file it shows; null without one.</summary>
    public string? Link { get; init; }
}
