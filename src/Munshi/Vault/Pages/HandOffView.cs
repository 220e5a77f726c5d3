namespace Munshi.Vault.Pages;

/// <summary>Why and with what Munshi gave a conversation to people.</summary>
public sealed record HandOffView
{
    /// <summary>A reason word, see <see cref="HandOffReasons"/>.</summary>
    public required string Reason { get; init; }

    /// <summary>The beginnings of what the customer asked, oldest first.</summary>
    public required IReadOnlyList<string> Asked { get; init; }

    /// <summary>The questions that Munshi answered or offered, newest first.</summary>
    public required IReadOnlyList<string> Offered { get; init; }

    /// <summary>Why nothing can be shown.</summary>
    public WordsLoss Loss { get; init; }
}
