using System.Text.Json.Nodes;
using Munshi.Sandbox.Phone.Kinds;

namespace Munshi.Sandbox.Phone;

/// <summary>What the customer does: exactly one content, or a raw message.</summary>
/// <remarks><see cref="Raw"/> may also accompany another one; its properties win, and null removes a property.</remarks>
internal sealed record CustomerInput
{
    public const string OneContent =
        "Give exactly one of text, buttonId, listId, reaction, sticker, voice, location, contacts, order, form, quickReply, edit, revoke, unsupported, welcome, marketing, newNumber, a file or raw.";

    public string? Text { get; init; }

    public string? ButtonId { get; init; }

    public string? ListId { get; init; }

    public ReactionInput? Reaction { get; init; }

    /// <summary>One that the sandbox carries.</summary>
    public StickerInput? Sticker { get; init; }

    /// <summary>True sends the voice message that the sandbox carries.</summary>
    public bool? Voice { get; init; }

    public LocationInput? Location { get; init; }

    public ContactsInput? Contacts { get; init; }

    public OrderInput? Order { get; init; }

    public FormInput? Form { get; init; }

    public QuickReplyInput? QuickReply { get; init; }

    public EditInput? Edit { get; init; }

    public RevokeInput? Revoke { get; init; }

    public UnsupportedInput? Unsupported { get; init; }

    /// <summary>True opens the chat for the first time.</summary>
    public bool? Welcome { get; init; }

    /// <summary><c>stop</c> or <c>resume</c>: WhatsApp's own setting for marketing messages.</summary>
    public string? Marketing { get; init; }

    /// <summary>The number that the customer has from now on.</summary>
    public string? NewNumber { get; init; }

    /// <summary>The id of the quoted message.</summary>
    public string? ReplyTo { get; init; }

    /// <summary>Marks a text, a picture or a video.</summary>
    public bool? Forwarded { get; init; }

    /// <summary>As <see cref="Forwarded"/>, of what went on more than five times.</summary>
    public bool? FrequentlyForwarded { get; init; }

    /// <summary>The product that a text asks about.</summary>
    public ProductInput? Product { get; init; }

    /// <summary>The advertisement that led to a text.</summary>
    public ReferralInput? Referral { get; init; }

    /// <summary>The profile name from now on.</summary>
    public string? Name { get; init; }

    public JsonObject? Raw { get; init; }

    /// <summary>Only by multipart; <see cref="Text"/> is its caption then.</summary>
    internal CustomerFile? File { get; init; }

    /// <summary>How many contents there are, without <see cref="Raw"/>.</summary>
    public int CountContents() => new[]
    {
        File is null && Text is not null, File is not null, ButtonId is not null, ListId is not null, Reaction is not null, Sticker is not null, Voice == true,
        Location is not null, Contacts is not null, Order is not null, Form is not null, QuickReply is not null, Edit is not null, Revoke is not null,
        Unsupported is not null, Welcome == true, Marketing is not null, NewNumber is not null,
    }.Count(given => given);
}
