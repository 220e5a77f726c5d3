using Munshi.WhatsApp.Sending;

namespace Munshi.Vault;

/// <summary>What a message of ours is written down as.</summary>
/// <param name="Content">As it will leave.</param>
/// <param name="Text">What people read of it: of a template its wording with the places filled in.</param>
internal sealed record SentContent(OutboundContent Content, string Text)
{
    /// <summary>The customer's message that it quotes or reacts to.</summary>
    public QuotedMessage? Quotes { get; init; }

    /// <summary>Kept whole beside the text, sealed; null where the text says all.</summary>
    public byte[]? Raw => (Content, Quotes) switch
    {
        (OutboundText, null) => null,
        (OutboundOptions options, null) => InteractiveJson.Write(options.Body, options.Options),
        (OutboundReaction, _) => OutboundJson.Write(Content, quotedMessageId: null),
        _ => OutboundJson.Write(Content, Quotes?.ProviderId),
    };

    public override string ToString() => nameof(SentContent);

    /// <summary>What leaves, from what was written down.</summary>
    /// <param name="text">The message's text.</param>
    /// <param name="raw">As <see cref="Raw"/>.</param>
    /// <returns>Null where that cannot be read any more.</returns>
    public static (OutboundContent Content, string? QuotedMessageId)? Read(string? text, byte[]? raw)
    {
        if (raw is null)
        {
            return text is null ? null : (new OutboundText(text), null);
        }

        return OutboundJson.Read(raw, out string? quoted) is { } content ? (content, quoted) : null;
    }
}
