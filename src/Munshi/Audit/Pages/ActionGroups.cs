using System.Collections.Frozen;

namespace Munshi.Audit.Pages;

/// <summary>Which actions belong to which group, by their noun.</summary>
internal static class ActionGroups
{
    public static FrozenDictionary<string, ActionGroup> OfNoun { get; } = new Dictionary<string, ActionGroup>
    {
        ["message"] = ActionGroup.Messages,
        ["status"] = ActionGroup.Messages,
        ["chat"] = ActionGroup.Messages,
        ["update"] = ActionGroup.Messages,
        ["media"] = ActionGroup.Messages,
        ["conversation"] = ActionGroup.Messages,
        ["note"] = ActionGroup.Messages,
        ["run"] = ActionGroup.Answers,
        ["outcome"] = ActionGroup.Answers,
        ["hand-off"] = ActionGroup.Answers,
        ["knowledge"] = ActionGroup.Answers,
        ["contact"] = ActionGroup.People,
        ["identifier"] = ActionGroup.People,
        ["field-value"] = ActionGroup.People,
        ["choice"] = ActionGroup.People,
        ["member"] = ActionGroup.People,
        ["session"] = ActionGroup.People,
        ["sign-in-link"] = ActionGroup.People,
        ["erasure"] = ActionGroup.People,
        ["workspace"] = ActionGroup.Settings,
        ["api-key"] = ActionGroup.Settings,
        ["meta-app"] = ActionGroup.Settings,
        ["number"] = ActionGroup.Settings,
        ["account"] = ActionGroup.Settings,
        ["label"] = ActionGroup.Settings,
        ["view"] = ActionGroup.Settings,
        ["field"] = ActionGroup.Settings,
        ["cost"] = ActionGroup.Settings,
        ["setup"] = ActionGroup.Settings,
        ["notice"] = ActionGroup.Notices,
        ["notice-settings"] = ActionGroup.Notices,
        ["ledger"] = ActionGroup.Ledger,
        ["verification"] = ActionGroup.Ledger,
        ["checkpoint"] = ActionGroup.Ledger,
        ["witness"] = ActionGroup.Ledger,
        ["export"] = ActionGroup.Ledger,
        ["restore"] = ActionGroup.Ledger,
    }.ToFrozenDictionary();

    /// <summary>Null for an action of no group: it stands in the whole list only.</summary>
    /// <param name="action"><c>noun.verb</c>.</param>
    public static ActionGroup? Of(string action) =>
        OfNoun.TryGetValue(action.Split('.')[0], out ActionGroup group) ? group : null;
}
