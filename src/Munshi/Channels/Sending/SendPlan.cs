using Munshi.Media.Sending;
using Munshi.Vault;
using Munshi.WhatsApp.Sending;

namespace Munshi.Channels.Sending;

/// <summary>A message that has passed every gate and is about to leave; or its file is, before it.</summary>
internal sealed record SendPlan(OutboundReference Message, NumberCredentials From, SendRecipient Recipient, OutboundContent Content, int Attempt)
{
    /// <summary>The <c>wamid</c> that it quotes.</summary>
    public string? QuotedMessageId { get; init; }

    /// <summary>How long until it is its turn at Meta; short.</summary>
    public required TimeSpan Hold { get; init; }

    /// <summary>Whether its number is stopped, and it asks for all that wait.</summary>
    public required bool Probes { get; init; }

    /// <summary>Whether its cost is held under the month's limit, to be given back where it does not leave.</summary>
    public required bool CostIsHeld { get; init; }

    /// <summary>When it is too late to send it.</summary>
    public required DateTimeOffset EndsAt { get; init; }

    /// <summary>What must be uploaded first: the message is not marked as leaving, and passes its gates again afterwards.</summary>
    public FileToSend? Upload { get; init; }

    /// <summary>When the file that it shows was uploaded.</summary>
    public DateTimeOffset? UploadedAt { get; init; }

    public override string ToString() => $"{nameof(SendPlan)} {Message.Id}";
}
