using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Munshi.Tests.Running;

namespace Munshi.Tests.Sandbox;

/// <summary>What the phone sends arrives as Meta documents it: WhatsApp Cloud API, webhook references of the message types, read 2025-10 to 2026-06.</summary>
public sealed class PhoneKindsTests : IAsyncLifetime
{
    private const string Asha = "919000000101";
    private const string Business = "919000000001";

    private static readonly string[] FileMembers = ["mime_type", "sha256", "id"];

    private WebhookReceiver _receiver = null!;
    private SandboxServer _sandbox = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _receiver = await WebhookReceiver.StartAsync();
        _sandbox = await SandboxServer.StartAsync(_receiver.Callback);
    }

    public async ValueTask DisposeAsync()
    {
        await _sandbox.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    public static TheoryData<string, string> Parts => new()
    {
        { """{"location":{"latitude":12.9716,"longitude":77.5946,"name":"Shop","address":"MG Road","url":"https://shop.example/"}}""",
          """{"type":"location","location":{"latitude":12.9716,"longitude":77.5946,"name":"Shop","address":"MG Road","url":"https://shop.example/"}}""" },
        { """{"location":{"latitude":-12.5,"longitude":0}}""", """{"type":"location","location":{"latitude":-12.5,"longitude":0}}""" },
        { """{"contacts":{"cards":[{"name":"Ravi K","phone":"+91 90000 00171","company":"RK Traders","birthday":"1990-02-01"},{"name":"Meena","email":"meena@shop.example"}]}}""",
          """
          {"type":"contacts","origin":"other","contacts":[
            {"name":{"formatted_name":"Ravi K","first_name":"Ravi"},"phones":[{"phone":"+91 90000 00171","wa_id":"919000000171","type":"CELL"}],"org":{"company":"RK Traders"},"birthday":"1990-02-01"},
            {"name":{"formatted_name":"Meena","first_name":"Meena"},"emails":[{"email":"meena@shop.example","type":"HOME"}]}]}
          """ },
        { """{"contacts":{"origin":"contact_request"},"name":"Asha; Rao"}""",
          """
          {"type":"contacts","origin":"contact_request","contacts":[{"name":{"formatted_name":"Asha; Rao","first_name":"Asha;"},
            "phones":[{"phone":"+919000000101","wa_id":"919000000101","type":"CELL"}],"vcard":"BEGIN:VCARD\nVERSION:3.0\nFN:Asha\\; Rao\nTEL;type=CELL:+919000000101\nEND:VCARD"}]}
          """ },
        { """{"order":{"catalogId":"88001","text":"pls deliver today","items":[{"retailerId":"SKU9","quantity":2,"price":249.0},{"retailerId":"SKU4","quantity":1,"price":0.5,"currency":"USD"}]}}""",
          """
          {"type":"order","order":{"catalog_id":"88001","text":"pls deliver today","product_items":[
            {"product_retailer_id":"SKU9","quantity":2,"item_price":249.0,"currency":"INR"},{"product_retailer_id":"SKU4","quantity":1,"item_price":0.5,"currency":"USD"}]}}
          """ },
        { """{"unsupported":{"type":"poll_creation"}}""",
          """
          {"type":"unsupported","unsupported":{"type":"poll_creation"},"errors":[{"code":131051,"title":"Message type unknown","message":"Message type unknown",
            "error_data":{"details":"Message type is currently not supported."}}]}
          """ },
        { """{"welcome":true}""", """{"type":"request_welcome"}""" },
        { """{"text":"line","forwarded":true}""", """{"type":"text","text":{"body":"line"},"context":{"forwarded":true}}""" },
        { """{"text":"line","frequentlyForwarded":true}""", """{"type":"text","text":{"body":"line"},"context":{"frequently_forwarded":true}}""" },
        { """{"text":"there?","product":{"retailerId":"SKU9","catalogId":"88001"}}""",
          """{"type":"text","text":{"body":"there?"},"context":{"referred_product":{"catalog_id":"88001","product_retailer_id":"SKU9"}}}""" },
        { """{"text":"there?","referral":{"headline":"Sale","body":"Today","sourceUrl":"https://fb.example/1","sourceId":"1","imageUrl":"https://fb.example/1.jpg","clickId":"Aff1","welcomeText":"Hello"}}""",
          """
          {"type":"text","text":{"body":"there?"},"referral":{"source_url":"https://fb.example/1","source_id":"1","source_type":"ad","headline":"Sale","body":"Today",
            "media_type":"image","image_url":"https://fb.example/1.jpg","ctwa_clid":"Aff1","welcome_message":{"text":"Hello"}}}
          """ },
    };

    [Theory]
    [MemberData(nameof(Parts))]
    public async Task A_kind_has_the_documented_members_and_no_others(string sent, string documented)
    {
        JsonElement value = await SendAsync(sent);

        JsonObject message = JsonObject.Create(value.GetProperty("messages")[0])!;
        Assert.Equal(Asha, (string?)message["from"]);
        Assert.Matches("^IN\\.[0-9]+$", (string?)message["from_user_id"]);
        Assert.StartsWith("wamid.", (string?)message["id"], StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.String, message["timestamp"]!.GetValueKind());
        foreach (string common in new[] { "from", "from_user_id", "id", "timestamp" })
        {
            message.Remove(common);
        }

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(documented), message), message.ToJsonString());
        Assert.Equal(Asha, value.GetProperty("contacts")[0].GetProperty("wa_id").GetString());
    }

    [Theory]
    [InlineData("""{"sticker":{}}""", "sticker.webp", """{"mime_type":"image/webp","animated":false}""")]
    [InlineData("""{"sticker":{"animated":true}}""", "sticker-moving.webp", """{"mime_type":"image/webp","animated":true}""")]
    [InlineData("""{"voice":true}""", "voice.ogg", """{"mime_type":"audio/ogg; codecs=opus","voice":true}""")]
    public async Task What_the_sandbox_carries_is_told_with_its_own_hash(string sent, string file, string documented)
    {
        JsonElement message = Message(await SendAsync(sent));

        JsonObject media = JsonObject.Create(message.GetProperty(message.GetProperty("type").GetString()!))!;
        byte[] content = await File.ReadAllBytesAsync(RepositoryFiles.Path($"sandbox/Munshi.Sandbox/Phone/Kinds/{file}"), Cancellation);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(content)), (string?)media["sha256"]);
        Assert.Matches("^[0-9]+$", (string?)media["id"]);
        media.Remove("sha256");
        media.Remove("id");
        Assert.True(media.Remove("url"));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(documented), media), media.ToJsonString());
    }

    [Theory]
    [InlineData("image/webp", "sticker", "sticker", """{"mime_type":"image/webp","animated":true}""")]
    [InlineData("audio/mpeg", "voice", "audio", """{"mime_type":"audio/mpeg","voice":true}""")]
    [InlineData("audio/ogg", "voice", "audio", """{"mime_type":"audio/ogg; codecs=opus","voice":true}""")]
    [InlineData("audio/mpeg", "", "audio", """{"mime_type":"audio/mpeg","voice":false}""")]
    public async Task An_own_file_goes_as_a_sticker_or_a_voice_message(string type, string sentAs, string kind, string documented)
    {
        // RFC 9649, section 2.7: an extended WebP file with the animation flag
        byte[] content = [.. "RIFF"u8, 10, 0, 0, 0, .. "WEBPVP8X"u8, 10, 0, 0, 0, 0x02, 0, 0, 0, 0, 0, 0];
        using HttpResponseMessage response = await UploadAsync(content, type, sentAs);
        await _sandbox.IdleAsync();

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        JsonElement message = Message(_receiver.All[^1].Value);
        Assert.Equal(kind, message.GetProperty("type").GetString());
        JsonObject media = JsonObject.Create(message.GetProperty(kind))!;
        media.Remove("sha256");
        media.Remove("id");
        Assert.True(media.Remove("url"));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(documented), media), media.ToJsonString());
    }

    [Theory]
    [InlineData("image/png", "sticker", "")]
    [InlineData("video/mp4", "voice", "")]
    [InlineData("image/webp", "sticker", "look")]
    public async Task What_is_no_sticker_or_voice_message_is_refused(string type, string sentAs, string caption)
    {
        using HttpResponseMessage response = await UploadAsync([1], type, sentAs, caption);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Empty(await _sandbox.ReadAsync(Asha));
    }

    [Fact]
    public async Task A_form_and_a_quick_reply_answer_the_business_even_where_its_message_is_gone()
    {
        JsonElement form = Message(await SendAsync("""{"form":{"response":{"flow_token":"t1","pin":"560001"}}}"""));
        JsonElement earlier = Message(await SendAsync("""{"quickReply":{"text":"Stop offers","payload":"STOP_OFFERS"}}"""));
        await _sandbox.GraphAsync("""{"messaging_product":"whatsapp","to":"+919000000101","type":"text","text":{"body":"Sale"}}""");
        JsonElement reply = Message(await SendAsync("""{"quickReply":{"text":"Stop offers"}}"""));

        JsonElement filled = form.GetProperty("interactive");
        Assert.Equal("nfm_reply", filled.GetProperty("type").GetString());
        Assert.Equal("flow", filled.GetProperty("nfm_reply").GetProperty("name").GetString());
        Assert.Equal("Sent", filled.GetProperty("nfm_reply").GetProperty("body").GetString());
        Assert.Equal("560001", JsonElement.Parse(filled.GetProperty("nfm_reply").GetProperty("response_json").GetString()!).GetProperty("pin").GetString());
        Assert.Equal("""{"payload":"STOP_OFFERS","text":"Stop offers"}""", earlier.GetProperty("button").GetRawText());
        Assert.Equal("""{"payload":"Stop offers","text":"Stop offers"}""", reply.GetProperty("button").GetRawText());
        JsonElement[] all = [form, earlier, reply];
        Assert.All(all, message => Assert.Equal(Business, message.GetProperty("context").GetProperty("from").GetString()));
        Assert.StartsWith("wamid.", form.GetProperty("context").GetProperty("id").GetString(), StringComparison.Ordinal);
        Assert.Equal((await _sandbox.ReadAsync(Asha))[2].GetProperty("wamid").GetString(), reply.GetProperty("context").GetProperty("id").GetString());
    }

    [Fact]
    public async Task An_edit_and_a_deletion_name_the_original_and_the_phone_shows_the_outcome()
    {
        JsonElement original = await _sandbox.WriteAsync(Asha, """{"text":"the blue one"}""");
        string id = original.GetProperty("id").GetString()!;
        string wamid = original.GetProperty("wamid").GetString()!;

        JsonElement edit = Message(await SendAsync($$$"""{"edit":{"messageId":"{{{id}}}","text":"the red one"}}"""));
        JsonElement edited = (await _sandbox.ReadAsync(Asha))[0];
        JsonElement revoke = Message(await SendAsync($$$"""{"revoke":{"messageId":"{{{id}}}"}}"""));
        JsonElement deleted = (await _sandbox.ReadAsync(Asha))[0];

        Assert.Equal("edit", edit.GetProperty("type").GetString());
        Assert.Equal(wamid, edit.GetProperty("edit").GetProperty("original_message_id").GetString());
        JsonElement message = edit.GetProperty("edit").GetProperty("message");
        Assert.Equal("text", message.GetProperty("type").GetString());
        Assert.Equal("the red one", message.GetProperty("text").GetProperty("body").GetString());
        Assert.False(edit.TryGetProperty("context", out _));
        Assert.Equal($$"""{"original_message_id":"{{wamid}}"}""", revoke.GetProperty("revoke").GetRawText());
        Assert.Equal(("the red one", true, false), (edited.GetProperty("text").GetString(), edited.GetProperty("edited").GetBoolean(), edited.GetProperty("deleted").GetBoolean()));
        Assert.Equal(("You deleted this message", true), (deleted.GetProperty("text").GetString(), deleted.GetProperty("deleted").GetBoolean()));
    }

    [Fact]
    public async Task An_edited_caption_comes_with_the_same_file()
    {
        using HttpResponseMessage upload = await UploadAsync([1, 2], "image/jpeg", "", "the blue one");
        string id = (await _sandbox.ReadAsync(Asha))[0].GetProperty("id").GetString()!;
        await _sandbox.IdleAsync();
        JsonElement sent = Message(_receiver.All[^1].Value).GetProperty("image");

        JsonElement image = Message(await SendAsync($$$"""{"edit":{"messageId":"{{{id}}}","text":"the red one"}}""")).GetProperty("edit").GetProperty("message").GetProperty("image");

        Assert.Equal("the red one", image.GetProperty("caption").GetString());
        Assert.All(FileMembers, member => Assert.Equal(sent.GetProperty(member).GetString(), image.GetProperty(member).GetString()));
    }

    [Fact]
    public async Task What_is_unavailable_comes_without_a_kind()
    {
        JsonElement message = Message(await SendAsync("""{"unsupported":{"code":131060}}"""));

        Assert.Equal("unsupported", message.GetProperty("type").GetString());
        Assert.Equal(131060, message.GetProperty("errors")[0].GetProperty("code").GetInt32());
        Assert.False(message.TryGetProperty("unsupported", out _));
    }

    [Theory]
    [InlineData("stop")]
    [InlineData("resume")]
    public async Task A_marketing_choice_is_a_webhook_of_its_own_field(string choice)
    {
        await SendAsync($$"""{"marketing":"{{choice}}","name":"Asha Rao"}""");

        JsonElement change = JsonElement.Parse(_receiver.All[^1].Body).GetProperty("entry")[0].GetProperty("changes")[0];
        JsonElement preference = Assert.Single(change.GetProperty("value").GetProperty("user_preferences").EnumerateArray());
        Assert.Equal("user_preferences", change.GetProperty("field").GetString());
        Assert.Equal(Asha, preference.GetProperty("wa_id").GetString());
        Assert.Equal(change.GetProperty("value").GetProperty("contacts")[0].GetProperty("user_id").GetString(), preference.GetProperty("user_id").GetString());
        Assert.Equal($"User requested to {choice} marketing messages", preference.GetProperty("detail").GetString());
        Assert.Equal("marketing_messages", preference.GetProperty("category").GetString());
        Assert.Equal(choice, preference.GetProperty("value").GetString());
        Assert.Equal(JsonValueKind.Number, preference.GetProperty("timestamp").ValueKind);
        Assert.False(change.GetProperty("value").TryGetProperty("messages", out _));
    }

    [Fact]
    public async Task After_a_number_change_the_chat_goes_on_under_the_new_number_and_user_id()
    {
        const string now = "919000000177";
        JsonElement before = await SendAsync("""{"text":"Hi","name":"Asha Rao"}""");
        string oldId = Message(before).GetProperty("from_user_id").GetString()!;

        JsonElement value = await SendAsync("""{"newNumber":"+91 90000 00177"}""");
        JsonElement after = await SendAsync("""{"text":"again"}""", now);

        Assert.False(value.TryGetProperty("contacts", out _));
        JsonElement told = Message(value);
        Assert.Equal(Asha, told.GetProperty("from").GetString());
        Assert.False(told.TryGetProperty("from_user_id", out _));
        JsonElement system = told.GetProperty("system");
        string newId = Message(after).GetProperty("from_user_id").GetString()!;
        Assert.Equal("user_changed_number", system.GetProperty("type").GetString());
        Assert.Equal("User Asha Rao changed from 919000000101 to 919000000177", system.GetProperty("body").GetString());
        Assert.Equal((now, newId), (system.GetProperty("wa_id").GetString(), system.GetProperty("user_id").GetString()));
        Assert.NotEqual(oldId, newId);
        Assert.Equal(now, Message(after).GetProperty("from").GetString());
        Assert.Equal("Asha Rao", after.GetProperty("contacts")[0].GetProperty("profile").GetProperty("name").GetString());
        Assert.Equal(["text", "system", "text"], (await _sandbox.ReadAsync(now)).Select(message => message.GetProperty("kind").GetString()));
        Assert.Empty(await _sandbox.ReadAsync(Asha));
        using HttpResponseMessage gone = await _sandbox.GraphAsync(To(oldId));
        using HttpResponseMessage reached = await _sandbox.GraphAsync(To(newId));
        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.OK), (gone.StatusCode, reached.StatusCode));
    }

    [Fact]
    public async Task A_number_that_is_kept_back_stands_in_no_webhook_and_no_answer()
    {
        using HttpResponseMessage set = await _sandbox.PutAsync($"/phone/{Asha}/identity", """{"username":"asha.rao","phoneKeptBack":true}""");
        JsonElement value = await SendAsync("""{"text":"Hi","name":"Asha Rao"}""");
        string userId = Message(value).GetProperty("from_user_id").GetString()!;
        using HttpResponseMessage answer = await _sandbox.GraphAsync(To(userId));
        await SendAsync("""{"text":"ok","replyTo":"m1"}""");
        await SendAsync("""{"marketing":"stop"}""");
        await _sandbox.ReadAsync(Asha);
        await _sandbox.IdleAsync();

        Assert.Equal(HttpStatusCode.OK, set.StatusCode);
        Assert.False(Message(value).TryGetProperty("from", out _));
        Assert.Equal(
            $$$"""{"profile":{"name":"Asha Rao","username":"asha.rao"},"user_id":"{{{userId}}}"}""", value.GetProperty("contacts")[0].GetRawText());
        Assert.Contains(_receiver.All, received => received.Value.TryGetProperty("statuses", out JsonElement statuses)
            && statuses[0].GetProperty("recipient_user_id").GetString() == userId && !statuses[0].TryGetProperty("recipient_id", out _));
        string digits = Convert.ToBase64String(Encoding.ASCII.GetBytes(Asha))[..12];
        Assert.All(_receiver.All, received =>
        {
            string body = Encoding.UTF8.GetString(received.Body);
            Assert.DoesNotContain(Asha, body, StringComparison.Ordinal);
            Assert.DoesNotContain(digits, body, StringComparison.Ordinal);
        });
        Assert.DoesNotContain(Asha, await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Faults_apply_to_every_kind()
    {
        using HttpResponseMessage on = await _sandbox.PutAsync("/control/faults", """{"duplicate":1}""");

        await SendAsync("""{"location":{"latitude":1,"longitude":2}}""");

        Assert.Equal(2, _receiver.All.Count);
        Assert.Equal(Message(_receiver.All[0].Value).GetProperty("id").GetString(), Message(_receiver.All[1].Value).GetProperty("id").GetString());
    }

    [Fact]
    public async Task Edits_deletions_identity_and_a_new_number_survive_a_restart()
    {
        string file = Path.Combine(Directory.CreateTempSubdirectory("munshi-phone-").FullName, "sandbox.jsonl");
        await using (SandboxServer first = await SandboxServer.StartAsync(_receiver.Callback, "--Sandbox:DataFile", file))
        {
            await first.WriteAsync(Asha, """{"text":"blue","name":"Asha Rao"}""");
            await first.WriteAsync(Asha, """{"text":"slip"}""");
            await first.WriteAsync(Asha, """{"edit":{"messageId":"m1","text":"red"}}""");
            await first.WriteAsync(Asha, """{"revoke":{"messageId":"m2"}}""");
            using HttpResponseMessage set = await first.PutAsync($"/phone/{Asha}/identity", """{"username":"asha.rao"}""");
            await first.WriteAsync(Asha, """{"newNumber":"919000000178"}""");
        }

        await using SandboxServer second = await SandboxServer.StartAsync(_receiver.Callback, "--Sandbox:DataFile", file);
        JsonElement[] messages = await second.ReadAsync("919000000178");
        await second.WriteAsync("919000000178", """{"text":"again"}""");
        await second.IdleAsync();

        Assert.Equal(["red", "You deleted this message"], messages.Take(2).Select(message => message.GetProperty("text").GetString()));
        Assert.Equal("asha.rao", _receiver.All[^1].Value.GetProperty("contacts")[0].GetProperty("profile").GetProperty("username").GetString());
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }

    [Theory]
    [InlineData("""{"location":{"latitude":91,"longitude":0}}""", "latitude")]
    [InlineData("""{"location":{"longitude":0}}""", "latitude")]
    [InlineData("""{"location":{"latitude":1,"longitude":1,"address":"MG Road"}}""", "location.name")]
    [InlineData("""{"contacts":{"cards":[]}}""", "contacts.cards")]
    [InlineData("""{"contacts":{"cards":[{"phone":"1"}]}}""", "contacts.cards")]
    [InlineData("""{"contacts":{"cards":[null]}}""", "contacts.cards")]
    [InlineData("""{"contacts":{"origin":"stolen"}}""", "contacts.origin")]
    [InlineData("""{"order":{"items":[{"retailerId":"S","quantity":0,"price":1}]}}""", "order.items")]
    [InlineData("""{"order":{}}""", "order.items")]
    [InlineData("""{"form":{"response":{}}}""", "form.response")]
    [InlineData("""{"quickReply":{}}""", "quickReply.text")]
    [InlineData("""{"edit":{"messageId":"m99","text":"x"}}""", "edit.messageId")]
    [InlineData("""{"edit":{"messageId":"m2","text":"x"}}""", "edit.messageId")]
    [InlineData("""{"edit":{"messageId":"m1"}}""", "edit.text")]
    [InlineData("""{"edit":{"messageId":"m3","text":"x"}}""", "15 minutes")]
    [InlineData("""{"revoke":{"messageId":"m2"}}""", "revoke.messageId")]
    [InlineData("""{"revoke":{"messageId":"m3"}}""", "two days")]
    [InlineData("""{"unsupported":{"type":"telepathy"}}""", "poll_creation")]
    [InlineData("""{"unsupported":{"code":1}}""", "131051")]
    [InlineData("""{"welcome":true}""", "not empty")]
    [InlineData("""{"marketing":"pause"}""", "stop or resume")]
    [InlineData("""{"newNumber":"12"}""", "8 to 15 digits")]
    [InlineData("""{"newNumber":"919000000101"}""", "already")]
    [InlineData("""{"newNumber":"919000000102"}""", "chats of its own")]
    [InlineData("""{"sticker":{},"voice":true}""", "exactly one")]
    [InlineData("""{"voice":false}""", "exactly one")]
    [InlineData("""{"voice":true,"forwarded":true}""", "forwarded")]
    [InlineData("""{"text":"x","forwarded":true,"frequentlyForwarded":true}""", "forwarded")]
    [InlineData("""{"text":"x","forwarded":true,"replyTo":"m1"}""", "forwarded")]
    [InlineData("""{"sticker":{},"product":{"retailerId":"S"}}""", "with a text")]
    [InlineData("""{"text":"x","product":{}}""", "product.retailerId")]
    [InlineData("""{"text":"x","referral":{"headline":""}}""", "referral")]
    [InlineData("""{"text":"x","referral":{"statusAd":true,"clickId":"1"}}""", "clickId")]
    public async Task What_cannot_be_is_refused_in_words_and_nothing_is_sent(string sent, string reason)
    {
        await _sandbox.WriteAsync(Asha, """{"text":"mine"}""");
        await _sandbox.GraphAsync("""{"messaging_product":"whatsapp","to":"+919000000101","type":"text","text":{"body":"theirs"}}""");
        await _sandbox.WriteAsync(Asha, """{"text":"long ago","raw":{"timestamp":"1700000000"}}""");
        await _sandbox.WriteAsync("919000000102", """{"text":"Ravi"}""");

        using StringContent content = new(sent, Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await _sandbox.Http.PostAsync($"/phone/{Asha}/messages", content, Cancellation);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(reason, JsonElement.Parse(await response.Content.ReadAsStringAsync(Cancellation)).GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(3, (await _sandbox.ReadAsync(Asha)).Length);
    }

    [Theory]
    [InlineData("""{"username":"Asha Rao"}""")]
    [InlineData("""{"username":"ab"}""")]
    [InlineData("""{"user":"asha"}""")]
    public async Task An_identity_that_cannot_be_is_refused(string identity)
    {
        using HttpResponseMessage response = await _sandbox.PutAsync($"/phone/{Asha}/identity", identity);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    private static JsonElement Message(JsonElement value) => Assert.Single(value.GetProperty("messages").EnumerateArray());

    private static string To(string userId) =>
        $$$"""{"messaging_product":"whatsapp","recipient":"{{{userId}}}","type":"text","text":{"body":"Hello"}}""";

    /// <summary>Writes, and answers the <c>value</c> of the webhook that came of it.</summary>
    private async Task<JsonElement> SendAsync(string json, string phone = Asha)
    {
        await _sandbox.WriteAsync(phone, json);
        await _sandbox.IdleAsync();
        return _receiver.All[^1].Value;
    }

    private async Task<HttpResponseMessage> UploadAsync(byte[] content, string type, string sentAs, string caption = "")
    {
        ByteArrayContent file = new(content);
        file.Headers.ContentType = new(type);
        using MultipartFormDataContent form = new() { { file, "file", "own" }, { new StringContent(sentAs), "fileAs" }, { new StringContent(caption), "text" } };
        return await _sandbox.Http.PostAsync($"/phone/{Asha}/messages", form, Cancellation);
    }
}
