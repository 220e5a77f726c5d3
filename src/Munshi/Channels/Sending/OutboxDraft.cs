using Munshi.Audit;
using Munshi.WhatsApp.Sending;

namespace Munshi.Channels.Sending;

/// <summary>A message to be written and sent.</summary>
/// <param name="Text">1 to 4096 characters.</param>
/// <param name="Actor">Who writes.</param>
/// <param name="Withdrawable">Whether it is withdrawn when a person takes over or the customer opts out before it left.</param>
/// <param name="OwnerEpoch">The fence it was written under.</param>
/// <param name="Turn">The turn it answers: it is withdrawn when the customer writes again before it left. Null stands whatever comes next.</param>
internal sealed record OutboxDraft(string Text, Actor Actor, bool Withdrawable, long OwnerEpoch, long? Turn)
{
    /// <summary>What the customer may choose from under the text.</summary>
    public ReplyOptions? Options { get; init; }

    public override string ToString() => nameof(OutboxDraft);
}
