namespace Munshi.Vault.Pages;

/// <summary>Whose conversations the inbox lists; <c>?view=</c> in small letters.</summary>
public enum InboxTab
{
    /// <summary>Everybody's.</summary>
    All,

    /// <summary>Those that wait for a person.</summary>
    Waiting,

    /// <summary>Those the viewer answers.</summary>
    Mine,
}
