namespace Munshi.Vault.Pages;

/// <summary>Which conversations the inbox lists; <c>?view=</c> in small letters.</summary>
public enum InboxFilter
{
    All,

    /// <summary>Those that wait for a person.</summary>
    Waiting,

    /// <summary>Those the viewer answers.</summary>
    Mine,
}
