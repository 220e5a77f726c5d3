namespace Munshi.Vault.Views;

/// <summary>How saving a view ended.</summary>
internal enum SaveOutcome
{
    /// <summary>It is saved; also when it was before.</summary>
    Done,

    /// <summary>This workspace has no such label.</summary>
    LabelUnknown,

    /// <summary>The member has a view of this name.</summary>
    NameTaken,

    /// <summary>The member has <see cref="SavedViews.Most"/>.</summary>
    TooMany,
}
