using Munshi.Media.Sending;
using Munshi.WhatsApp.Sending;

namespace Munshi.Channels.Sending;

/// <summary>What a person, or a program with an API key, wants to send.</summary>
/// <param name="Content">As it is to leave; of a reaction and a quoting message the id at Meta is filled in when it is written.</param>
internal sealed record ReplyDraft(OutboundContent Content)
{
    /// <summary>What people read of it. Unless given, the words of <see cref="Content"/>.</summary>
    public string Text { get; init; } = OutboxDraft.WordsOf(Content);

    /// <summary>The customer's message that it quotes or reacts to.</summary>
    public Guid? Quotes { get; init; }

    /// <summary>The file that <see cref="Content"/> shows, kept already.</summary>
    public SentFile? File { get; init; }

    public override string ToString() => nameof(ReplyDraft);
}
