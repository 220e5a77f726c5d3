namespace Munshi.Media.Sending;

/// <summary>How keeping a file that a person attached ended.</summary>
internal abstract record KeepOutcome
{
    private KeepOutcome() { }

    internal sealed record Kept(SentFile File) : KeepOutcome;

    /// <summary>There is no byte in it.</summary>
    internal sealed record Empty : KeepOutcome;

    /// <summary>WhatsApp takes no such file.</summary>
    internal sealed record TypeRefused : KeepOutcome;

    /// <param name="MaxBytes">What WhatsApp takes of this type.</param>
    internal sealed record TooLarge(int MaxBytes) : KeepOutcome;

    /// <summary>This workspace has no such conversation, or the customer never wrote in it.</summary>
    internal sealed record Unknown : KeepOutcome;
}
