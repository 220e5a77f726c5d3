namespace Munshi.Audit.Pages;

/// <summary>What an act is about, for the filter.</summary>
public enum ActionGroup
{
    Messages,
    Answers,
    People,
    Settings,
    Notices,
    Ledger,
}
