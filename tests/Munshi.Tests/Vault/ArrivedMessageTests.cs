using System.Text;
using Munshi.Vault;
using Munshi.WhatsApp.Webhooks;

namespace Munshi.Tests.Vault;

public sealed class ArrivedMessageTests
{
    [Theory]
    [InlineData("""{"type":"text","text":{"body":"Hello"}}""", "text", "Hello", true)]
    [InlineData("""{"type":"interactive","interactive":{"type":"button_reply","button_reply":{"id":"slot_10","title":"10 am"}}}""", "reply", "10 am", true)]
    [InlineData("""{"type":"interactive","interactive":{"type":"nfm_reply","nfm_reply":{"response_json":"{}"}}}""", "nfm_reply", null, true)]
    [InlineData("""{"type":"interactive","interactive":{"type":"nfm_reply"}}""", "nfm_reply", null, true)]
    [InlineData("""{"type":"reaction","reaction":{"message_id":"wamid.1"}}""", "reaction", null, false)]
    [InlineData("""{"type":"unsupported","errors":[{"code":131060}]}""", "unsupported", null, true)]
    [InlineData("""{"type":"image","image":{"id":"1","caption":"this one"}}""", "image", "this one", true)]
    [InlineData("""{"type":"image"}""", "image", null, true)]
    [InlineData("""{"type":"audio","audio":{"id":"1","voice":true}}""", "audio", null, true)]
    [InlineData("""{"type":"location","location":{"latitude":12.9}}""", "location", null, true)]
    [InlineData("""{"type":"location","location":{"name":"Shop","address":"MG Road"}}""", "location", "Shop, MG Road", true)]
    [InlineData("""{"type":"contacts","contacts":[{}]}""", "contacts", null, true)]
    [InlineData("""{"type":"contacts","contacts":[{"name":{"formatted_name":"Meena D"}},{},{"name":{"formatted_name":"Ravi K"}}]}""", "contacts", "Meena D, Ravi K", true)]
    [InlineData("""{"type":"order","order":{}}""", "order", null, true)]
    [InlineData("""{"type":"order","order":{"text":"today please"}}""", "order", "today please", true)]
    [InlineData("""{"type":"edit","edit":{"original_message_id":"wamid.1","message":{"type":"text","text":{"body":"x"}}}}""", "edit", "x", false)]
    [InlineData("""{"type":"revoke","revoke":{"original_message_id":"wamid.1"}}""", "revoke", null, false)]
    [InlineData("""{"type":"system","system":{"type":"user_changed_number"}}""", "system", null, false)]
    [InlineData("""{"type":"system"}""", "system", null, false)]
    [InlineData("""{"type":"request_welcome"}""", "request_welcome", null, false)]
    [InlineData("""{"type":"hologram","hologram":{}}""", "hologram", null, true)]
    [InlineData("""{"type":"Not-A_Kind!"}""", "unknown", null, true)]
    [InlineData("{}", "unknown", null, true)]
    public void Every_kind_has_its_word_and_says_whether_it_wants_an_answer(string message, string kind, string? text, bool asks)
    {
        byte[] raw = Encoding.UTF8.GetBytes($$"""{"kind":"message","message":{{message}}}""");

        ArrivedMessage arrived = new(Guid.NewGuid(), InboundMessage.Read(raw), raw, DateTimeOffset.UnixEpoch);

        Assert.Equal((kind, text, asks), arrived.Describe());
    }
}
