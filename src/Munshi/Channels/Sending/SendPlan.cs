using Munshi.Vault;
using Munshi.WhatsApp.Sending;

namespace Munshi.Channels.Sending;

/// <summary>A message that has passed every gate and is about to leave.</summary>
internal sealed record SendPlan(OutboundReference Message, NumberCredentials From, SendRecipient Recipient, string Text, ReplyOptions? Options, int Attempt)
{
    public override string ToString() => $"{nameof(SendPlan)} {Message.Id}";
}
