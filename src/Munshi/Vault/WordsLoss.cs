namespace Munshi.Vault;

/// <summary>Why words cannot be shown.</summary>
public enum WordsLoss
{
    /// <summary>They can, or there were none.</summary>
    None,

    /// <summary>Their key was destroyed.</summary>
    Erased,

    /// <summary>They do not open under their key: they were altered or moved.</summary>
    Damaged,
}
