using Munshi.Audit;

namespace Munshi.Channels.Sending;

/// <summary>A message to be written and sent.</summary>
/// <param name="Text">1 to 4096 characters.</param>
/// <param name="Actor">Who writes.</param>
/// <param name="Automatic">Whether a program wrote it: it is withdrawn when a person takes over, the customer writes again or opts out before it left.</param>
/// <param name="OwnerEpoch">The fence it was written under.</param>
internal sealed record OutboxDraft(string Text, Actor Actor, bool Automatic, long OwnerEpoch)
{
    public override string ToString() => nameof(OutboxDraft);
}
