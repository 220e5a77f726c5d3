namespace Munshi.Vault.Pages;

/// <summary>Which conversations the inbox lists. The default one lists every open conversation.</summary>
/// <param name="Tab"><c>?view=</c>.</param>
/// <param name="Standing"><c>?state=</c>.</param>
/// <param name="Label"><c>?label=</c>: those that wear this label; null for all.</param>
public readonly record struct InboxFilter(InboxTab Tab, Standing Standing = Standing.Open, Guid? Label = null)
{
    public static InboxFilter All => default;

    public static InboxFilter Waiting => new(InboxTab.Waiting);

    public static InboxFilter Mine => new(InboxTab.Mine);

    /// <summary>Whether more than the tab narrows the list.</summary>
    public bool IsNarrowed => Standing is not Standing.Open || Label is not null;
}
