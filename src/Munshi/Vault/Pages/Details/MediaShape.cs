namespace Munshi.Vault.Pages.Details;

/// <summary>How a stored file is shown, by its first bytes.</summary>
public enum MediaShape
{
    Picture,

    Sound,

    Film,

    /// <summary>A download of a known kind.</summary>
    Document,

    /// <summary>A download that may hold anything, a program too.</summary>
    Unknown,
}
