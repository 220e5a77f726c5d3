using System.Text;
using Munshi.WhatsApp.Sending;

namespace Munshi.WhatsApp.Tests.Sending;

/// <summary>Shapes as the Cloud API documents them ("Sending messages", 2025-11-04), written and read back.</summary>
public sealed class OutboundContentTests
{
    public static TheoryData<int> All => [.. Enumerable.Range(0, Contents.Length)];

    private static (OutboundContent Content, string Json)[] Contents =>
    [
        (new OutboundText("Yes"), """{"type":"text","text":{"preview_url":false,"body":"Yes"}}"""),
        (new OutboundLink("Pay here", "Pay", "https://shop.example/p/1"), """{"type":"interactive","interactive":{"type":"cta_url","body":{"text":"Pay here"},"action":{"name":"cta_url","parameters":{"display_text":"Pay","url":"https://shop.example/p/1"}}}}"""),
        (new OutboundLocationRequest("Share your location"), """{"type":"interactive","interactive":{"type":"location_request_message","body":{"text":"Share your location"},"action":{"name":"send_location"}}}"""),
        (new OutboundReaction("wamid.HBgM0001", "❤"), """{"type":"reaction","reaction":{"message_id":"wamid.HBgM0001","emoji":"❤"}}"""),
        (new OutboundMedia(OutboundMediaType.Document, "909080807070") { Caption = "Rates", FileName = "price-list.pdf" }, """{"type":"document","document":{"id":"909080807070","caption":"Rates","filename":"price-list.pdf"}}"""),
        (new OutboundMedia(OutboundMediaType.Audio, "909080807071") { Voice = true }, """{"type":"audio","audio":{"id":"909080807071","voice":true}}"""),
        (
            new OutboundTemplate("order_ready", "en")
            {
                HeaderMedia = new OutboundMedia(OutboundMediaType.Image, "909080807072"),
                Body = [new TemplateParameter("Asha"), new TemplateParameter("118", "order_id")],
                Buttons = [new TemplateButton(0, "quick_reply", "CONFIRM_118"), new TemplateButton(1, "url", "118")],
            },
            """{"type":"template","template":{"name":"order_ready","language":{"code":"en"},"components":[{"type":"header","parameters":[{"type":"image","image":{"id":"909080807072"}}]},{"type":"body","parameters":[{"type":"text","text":"Asha"},{"type":"text","parameter_name":"order_id","text":"118"}]},{"type":"button","sub_type":"quick_reply","index":"0","parameters":[{"type":"payload","payload":"CONFIRM_118"}]},{"type":"button","sub_type":"url","index":"1","parameters":[{"type":"text","text":"118"}]}]}}"""),
    ];

    [Theory]
    [MemberData(nameof(All))]
    public void Each_kind_is_written_as_Meta_takes_it_and_read_back(int index)
    {
        (OutboundContent content, string json) = Contents[index];

        Assert.True(content.Fits);
        Assert.Equal(json, Encoding.UTF8.GetString(OutboundJson.Write(content, quotedMessageId: null)));
        OutboundContent read = OutboundJson.Read(Encoding.UTF8.GetBytes(json), out string? quoted)!;
        Assert.Null(quoted);
        Assert.Equal(json, Encoding.UTF8.GetString(OutboundJson.Write(read, quotedMessageId: null)));
    }

    [Fact]
    public void A_quote_is_kept_with_what_quotes()
    {
        byte[] json = OutboundJson.Write(new OutboundText("Yes"), "wamid.HBgM0001");

        Assert.Equal(new OutboundText("Yes"), OutboundJson.Read(json, out string? quoted));
        Assert.Equal("wamid.HBgM0001", quoted);
    }

    [Fact]
    public void What_goes_beyond_Metas_limits_does_not_fit()
    {
        OutboundContent[] wrong =
        [
            new OutboundText(""),
            new OutboundText(new string('a', 4097)),
            new OutboundLink("Pay", new string('a', 21), "https://shop.example/"),
            new OutboundLink(new string('a', 1025), "Pay", "https://shop.example/"),
            new OutboundLink("Pay", "Pay", "javascript:alert(1)"),
            new OutboundLocationRequest(new string('a', 1025)),
            new OutboundReaction("", "🙏"),
            new OutboundMedia(OutboundMediaType.Audio, "909") { Caption = "none" },
            new OutboundMedia(OutboundMediaType.Image, "../909"),
            new OutboundMedia(OutboundMediaType.Image, "909") { Voice = true },
            new OutboundMedia(OutboundMediaType.Image, ""),
            new OutboundMedia(OutboundMediaType.Image, "") { Digest = new string('g', 64) },
            new OutboundMedia(OutboundMediaType.Image, "909") { Digest = new string('a', 64) },
            new OutboundTemplate("order_ready", "en") { HeaderMedia = new OutboundMedia(OutboundMediaType.Image, "") { Digest = new string('a', 64) } },
            new OutboundTemplate("order_ready", "en") { Body = [new TemplateParameter("two\nlines")] },
            new OutboundTemplate("order_ready", "en") { Body = [new TemplateParameter("")] },
            new OutboundTemplate("order_ready", "en") { Buttons = [new TemplateButton(10, "url", "x")] },
        ];

        Assert.DoesNotContain(wrong, content => content.Fits);
    }

    [Fact]
    public void A_file_is_kept_by_its_digest_until_it_is_uploaded_and_sent_by_its_id()
    {
        OutboundMedia kept = new(OutboundMediaType.Document, "") { Digest = new string('a', 64), Caption = "Rates", FileName = "rates.pdf" };

        Assert.True(kept.Fits);
        Assert.Equal(
            $$$"""{"type":"document","document":{"sha256":"{{{new string('a', 64)}}}","caption":"Rates","filename":"rates.pdf"}}""",
            Encoding.UTF8.GetString(OutboundJson.Write(kept, quotedMessageId: null)));
        Assert.Equal(kept, OutboundJson.Read(OutboundJson.Write(kept, quotedMessageId: null), out _));
        Assert.Equal(new OutboundMedia(OutboundMediaType.Document, "909") { Caption = "Rates", FileName = "rates.pdf" }, kept.Uploaded("909"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{"type":"text"}""")]
    [InlineData("""{"type":"flow","flow":{}}""")]
    [InlineData("""{"type":"interactive","interactive":{"type":"cta_url","body":{"text":"x"}}}""")]
    [InlineData("""{"type":"template","template":{"name":7}}""")]
    public void Anything_else_is_read_as_nothing(string json) => Assert.Null(OutboundJson.Read(Encoding.UTF8.GetBytes(json), out _));

    [Fact]
    public void A_template_shows_its_open_places_and_is_filled_in_their_order()
    {
        TemplateWording wording = TemplateWording.Read(
            """[{"type":"HEADER","format":"TEXT","text":"Order {{1}}"},{"type":"BODY","text":"Hello {{1}}, {{2}} is ready, {{1}}."},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"Ok"},{"type":"URL","text":"See","url":"https://shop.example/{{1}}"}]}]""")!;

        Assert.Equal([(TemplatePart.Header, "1", 0), (TemplatePart.Body, "1", 0), (TemplatePart.Body, "2", 0), (TemplatePart.Button, "1", 1)], wording.Places.Select(place => (place.Part, place.Name, place.Index)));
        Assert.Equal("Order 118\n\nHello Asha, {{2}} is ready, Asha.", wording.Show(["118", "Asha", "", ""]));
        OutboundTemplate filled = wording.Fill("order_ready", "en", ["118", "Asha", "Saree", "o/118"]);
        Assert.Equal(["118"], filled.Header.Select(parameter => parameter.Text));
        Assert.Equal(["Asha", "Saree"], filled.Body.Select(parameter => parameter.Text));
        Assert.Equal([new TemplateButton(1, "url", "o/118")], filled.Buttons);
        Assert.True(filled.Fits);
    }
}
