using Microsoft.Playwright;

namespace Munshi.Browser.Tests;

/// <summary>How a page is looked at.</summary>
/// <param name="Theme">The device's colours.</param>
/// <param name="Width">In CSS pixels; 390 is a phone.</param>
public sealed record Look(ColorScheme Theme, int Width)
{
    public static readonly Look Desk = new(ColorScheme.Light, 1280);

    public ViewportSize Viewport => new() { Width = Width, Height = Width < 600 ? 844 : 800 };
}
