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

    /// <summary>As <see cref="Act(IStringLocalizer{Text}, string)"/>, and of a report on a message also what it said.</summary>
    public static string Act(this IStringLocalizer<Text> text, LedgerRow row) => row is { Status: { Length: > 0 } status, Leaf: { } leaf }
        && text[$"Delivery.{char.ToUpperInvariant(status[0])}{status[1..]}"] is { ResourceNotFound: false } name
        ? text[leaf.Actor == Audit.Actor.Intake.Pseudonym ? "Log.Said" : "Log.Kept", name.Value].Value
        : text.Act(row.Leaf?.Action ?? "");

    /// <summary>What verification found, in a sentence; of a kind that has none, the kind.</summary>
    public static string Finding(this IStringLocalizer<Text> text, string kind) => text[$"Log.Is.{kind}"] is { ResourceNotFound: false } known ? known.Value : kind;

    /// <summary>Whether what does not fit is kept outside the database, so that a copy of it may mend it.</summary>
    public static bool IsKeptOutside(string kind) => Enum.TryParse(kind, out FindingKind known)
        && known is FindingKind.HeadsLine or FindingKind.HeadsLost or FindingKind.HeadUnrecorded or FindingKind.KeyMissing or FindingKind.SigningKey or FindingKind.SignedLast;

    public static string Actor(this IStringLocalizer<Text> text, LedgerLeaf leaf) => text[$"Log.Actor.{LedgerFilter.KindOf(leaf.Actor)}"];
}
