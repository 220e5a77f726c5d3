namespace Munshi.Vault.Importing;

/// <summary>A record of an exported chat, ready to be stored.</summary>
internal sealed record ImportedMessage
{
    /// <summary>By us, not by the customer.</summary>
    public required bool Outbound { get; init; }

    /// <summary>A line of the app's own, by neither.</summary>
    public required bool OfTheApp { get; init; }

    /// <summary>As in <c>vault.message</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>As the export tells, in UTC.</summary>
    public required DateTimeOffset SentAt { get; init; }

    /// <summary>Where it stands: the same by the clock of what is kept, and behind what stands before it in the chat.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>UTF-8; null where there is nothing to show.</summary>
    public required byte[]? Text { get; init; }

    /// <summary>Its lines in the file.</summary>
    public required byte[] Raw { get; init; }
}
