using Munshi.Channels.Sending;
using Munshi.WhatsApp.Sending;

namespace Munshi.Api;

/// <summary>A message to be sent. Which members count depends on its type.</summary>
/// <param name="Type">text, buttons, list, link, location_request, reaction or template.</param>
/// <param name="Text">What it says; of buttons, a list, a link and a location_request the text above.</param>
/// <param name="Footer">A small line below: of buttons, a list and a link.</param>
/// <param name="Label">On the button that opens a list or a link.</param>
/// <param name="Address">Of a link: an absolute address.</param>
/// <param name="Options">Of buttons, at most 3, and of a list, at most 10.</param>
/// <param name="Emoji">Of a reaction; empty takes it back.</param>
/// <param name="Quotes">The id of the customer's message that it quotes; of a reaction, that it reacts to.</param>
/// <param name="Name">Of a template.</param>
/// <param name="Language">Of a template, as it was approved.</param>
/// <param name="Values">Of a template: what stands in its open places, in the order header, body, buttons.</param>
internal sealed record SendBody(
    string? Type,
    string? Text = null,
    string? Footer = null,
    string? Label = null,
    string? Address = null,
    IReadOnlyList<SendOption>? Options = null,
    string? Emoji = null,
    Guid? Quotes = null,
    string? Name = null,
    string? Language = null,
    IReadOnlyList<string>? Values = null)
{
    public override string ToString() => nameof(SendBody);

    /// <summary>What it asks for; null where a member is missing or beyond Meta's limits. A template is read with its wording.</summary>
    public ReplyDraft? Read()
    {
        ReplyOption[] options = [.. (Options ?? []).Select(option => new ReplyOption(option.Id ?? "", option.Title ?? "", option.Description))];
        OutboundContent? content = Type switch
        {
            "text" => new OutboundText(Text ?? ""),
            "buttons" => new OutboundOptions(Text ?? "", new ReplyButtons { Options = options, Footer = Footer }),
            "list" => new OutboundOptions(Text ?? "", new ReplyList { Label = Label ?? "", Options = options, Footer = Footer }),
            "link" => new OutboundLink(Text ?? "", Label ?? "", Address ?? "") { Footer = Footer },
            "location_request" => new OutboundLocationRequest(Text ?? ""),
            "reaction" when Quotes is not null && Emoji is { Length: <= OutboundReaction.MaxEmojiLength } => new OutboundReaction("", Emoji),
            _ => null,
        };
        return content is OutboundReaction or { Fits: true } && !(content is OutboundText && string.IsNullOrWhiteSpace(Text))
            ? new ReplyDraft(content) { Quotes = Quotes }
            : null;
    }
}
