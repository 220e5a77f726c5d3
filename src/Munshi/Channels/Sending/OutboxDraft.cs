using Munshi.Audit;
using Munshi.Vault;
using Munshi.WhatsApp.Sending;

namespace Munshi.Channels.Sending;

/// <summary>A message to be written and sent.</summary>
/// <param name="Content">Within Meta's limits.</param>
/// <param name="Actor">Who writes.</param>
/// <param name="Withdrawable">Whether it is withdrawn when a person takes over or the customer opts out before it left.</param>
/// <param name="OwnerEpoch">The fence it was written under.</param>
/// <param name="Turn">The turn it answers: it is withdrawn when the customer writes again before it left. Null stands whatever comes next.</param>
internal sealed record OutboxDraft(OutboundContent Content, Actor Actor, bool Withdrawable, long OwnerEpoch, long? Turn)
{
    /// <summary>What people read of it. Unless given, the words of <see cref="Content"/>.</summary>
    public string Text { get; init; } = WordsOf(Content);

    /// <summary>The customer's message that it quotes or reacts to.</summary>
    public QuotedMessage? Quotes { get; init; }

    /// <summary>One of many alike: it holds up nothing that is not in bulk.</summary>
    public bool Bulk { get; init; }

    public SentContent Written => new(Content, Text) { Quotes = Quotes };

    public override string ToString() => nameof(OutboxDraft);

    /// <summary>The text, or the text above buttons; empty where the kind has none.</summary>
    public static string WordsOf(OutboundContent content) => content switch
    {
        OutboundText text => text.Body,
        OutboundOptions options => options.Body,
        OutboundLink link => link.Body,
        OutboundLocationRequest request => request.Body,
        OutboundReaction reaction => reaction.Emoji,
        OutboundMedia file => file.Caption ?? "",
        _ => "",
    };
}
