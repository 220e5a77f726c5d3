using Munshi.Audit;
using Munshi.Vault;
using Munshi.WhatsApp.Sending;

namespace Munshi.Responder;

/// <summary>One message of a conversation, as the policy sees it; the same from the vault and from a recorded conversation.</summary>
internal sealed record Said
{
    public required Guid Id { get; init; }

    public required bool Outbound { get; init; }

    /// <summary>Whether Munshi wrote it.</summary>
    public bool Automatic { get; init; }

    /// <summary>The provider's type.</summary>
    public required string Kind { get; init; }

    /// <summary>Its number among the customer's messages; of ours, the number of those before it.</summary>
    public required long Turn { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Null where the kind has no words.</summary>
    public string? Text { get; init; }

    /// <summary>What it offered, if it is ours.</summary>
    public ReplyOptions? Options { get; init; }

    /// <summary>What the customer chose, as told from outside: not to be trusted.</summary>
    public string? ChoiceId { get; init; }

    /// <summary>The message that the choice was made on, where it is known.</summary>
    public Guid? ChoiceOf { get; init; }

    public static Said Of(MessageText message) => new()
    {
        Id = message.Id,
        Outbound = message.Outbound,
        Automatic = message.Author == Actor.Responder.Pseudonym,
        Kind = message.Kind,
        Turn = message.Turn,
        At = message.At,
        Text = message.IsRevoked ? null : message.Text,
        Options = message.Options,
        ChoiceId = message.ChoiceId,
        ChoiceOf = message.ChoiceOf,
    };

    public override string ToString() => $"{nameof(Said)} {Id}";
}
