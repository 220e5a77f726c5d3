namespace Munshi.Sandbox.Pages;

/// <summary>What the pages have in common: assets and theme.</summary>
internal static class PagesCapability
{
    public static void MapPages(this WebApplication app)
    {
        PageAssets.Map(app);
        ChooseTheme.Map(app);
    }
}
