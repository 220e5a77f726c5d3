using Munshi.Keyring;
using Munshi.WhatsApp.Sending;

namespace Munshi.Vault;

/// <summary>A message opened, for the parts of the program that need the words.</summary>
internal sealed record MessageText
{
    public required Guid Id { get; init; }

    public required Guid ConversationId { get; init; }

    public required bool Outbound { get; init; }

    /// <summary>A pseudonym (<see cref="Audit.Actor.Pseudonym"/>).</summary>
    public required string Author { get; init; }

    /// <summary>The provider's type.</summary>
    public required string Kind { get; init; }

    /// <summary>Its number among the customer's messages; of ours, the number of those before it.</summary>
    public required long Turn { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Null where the kind has no words.</summary>
    public required string? Text { get; init; }

    /// <summary>What it offered, if it is ours.</summary>
    public ReplyOptions? Options { get; init; }

    /// <summary>The id of what the customer chose, as the provider told it: trusted by nobody before it was found among what was offered.</summary>
    public string? ChoiceId { get; init; }

    /// <summary>The message that a choice was made on, where it is known.</summary>
    public Guid? ChoiceOf { get; init; }

    /// <summary>Whether the customer deleted it for everyone: it is answered and read by nobody's program any more.</summary>
    public bool IsRevoked { get; init; }

    public required Guid KeyId { get; init; }

    /// <summary>Its data key.</summary>
    public required KeyMaterial Key { get; init; }

    public override string ToString() => $"{nameof(MessageText)} {Id}";
}
