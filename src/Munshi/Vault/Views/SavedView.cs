using Munshi.Vault.Pages;

namespace Munshi.Vault.Views;

/// <summary>What a member lists again and again.</summary>
/// <param name="Id">Its own.</param>
/// <param name="Name">1 to <see cref="SavedViews.MaxNameLength"/>.</param>
/// <param name="Filter">What it lists.</param>
public sealed record SavedView(Guid Id, string Name, InboxFilter Filter)
{
    public override string ToString() => $"{nameof(SavedView)} {Id}";
}
