using System.Text.Json;
using Munshi.WhatsApp.Json;

namespace Munshi.WhatsApp.Webhooks;

/// <summary>Reads what a message answers and what led to it.</summary>
internal static class ContextReader
{
    public static MessageContext? Context(JsonElement context) =>
        context.ValueKind != JsonValueKind.Object
            ? null
            : new MessageContext(
                PayloadReader.Reference(context.Field("id"u8)),
                context.Field("forwarded"u8).IsTrue(),
                context.Field("frequently_forwarded"u8).IsTrue())
            {
                QuotedFrom = PayloadReader.OtherPhone(context.Field("from"u8)),
                Product = Product(context.Field("referred_product"u8)),
            };

    public static Referral? Referral(PayloadReader reader, JsonElement referral) => referral.ValueKind != JsonValueKind.Object ? null : new Referral
    {
        SourceLink = PayloadReader.Link(referral.Field("source_url"u8)),
        SourceId = PayloadReader.Reference(referral.Field("source_id"u8)),
        SourceType = reader.Word(referral.Field("source_type"u8)),
        Headline = reader.Line(referral.Field("headline"u8)),
        Body = reader.Words(referral.Field("body"u8)),
        MediaType = reader.Word(referral.Field("media_type"u8)),
        ImageLink = PayloadReader.Link(referral.Field("image_url"u8)),
        VideoLink = PayloadReader.Link(referral.Field("video_url"u8)),
        ThumbnailLink = PayloadReader.Link(referral.Field("thumbnail_url"u8)),
        ClickId = PayloadReader.Reference(referral.Field("ctwa_clid"u8)),
        WelcomeText = reader.Words(referral.Field("welcome_message"u8).Field("text"u8)),
    };

    private static ReferredProduct? Product(JsonElement product) =>
        product.ValueKind != JsonValueKind.Object
            ? null
            : new ReferredProduct(
                PayloadReader.Reference(product.Field("catalog_id"u8)), PayloadReader.Reference(product.Field("product_retailer_id"u8)));
}
