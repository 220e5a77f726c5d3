using Munshi.WhatsApp.Exports.Alignment;

namespace Munshi.Vault.Importing;

/// <summary>A message as it stands in the vault, to be compared with an export.</summary>
/// <param name="Id">The message.</param>
/// <param name="ConversationId">Its conversation.</param>
/// <param name="At">Where it stands.</param>
/// <param name="Item">What is compared, as it is now, its time in UTC.</param>
/// <param name="Original">Its words before any edit.</param>
internal sealed record KeptMessage(Guid Id, Guid ConversationId, DateTimeOffset At, ChatItem Item, UInt128 Original)
{
    /// <summary>The edits that are known, oldest first, each with its words.</summary>
    public IReadOnlyList<(Guid Id, UInt128 Body)> Edits { get; init; } = [];

    /// <summary>The event that says it was deleted; null where none does.</summary>
    public Guid? Revocation { get; init; }

    /// <summary>Whether its words do not open any more, or did not come with the archive that it was read in from: what was erased or deleted is not brought back.</summary>
    public bool IsLost { get; init; }

    /// <summary>Its words where the file that brought it ended in it and nothing has told the rest; null for all others.</summary>
    public string? Cut { get; init; }

    /// <summary>What the app wrote in its place in words that are not known; null for all others.</summary>
    public string? Words { get; init; }

    public override string ToString() => $"{nameof(KeptMessage)} {Id}";
}
