using Microsoft.Extensions.Localization;
using Munshi.Ledger;
using Munshi.Web.Resources;

namespace Munshi.Audit.Pages;

/// <summary>Says acts in the reader's language.</summary>
internal static class ActText
{
    /// <summary>A sentence; of an act that has none, the act as it stands in the leaf.</summary>
    public static string Act(this IStringLocalizer<Text> text, string action) =>
        text[$"Act.{action.Replace('.', '-')}"] is { ResourceNotFound: false } known ? known.Value : action;

    public static string Actor(this IStringLocalizer<Text> text, LedgerLeaf leaf) => text[$"Log.Actor.{LedgerFilter.KindOf(leaf.Actor)}"];
}
