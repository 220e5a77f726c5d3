namespace Munshi.Vault.Pages.Details;

/// <summary>How far a file has come.</summary>
public enum MediaState
{
    /// <summary>It is being fetched, or waits to be.</summary>
    Wanted,

    Stored,

    /// <summary>WhatsApp has it no longer.</summary>
    Expired,

    /// <summary>It was not taken over.</summary>
    Refused,
}
