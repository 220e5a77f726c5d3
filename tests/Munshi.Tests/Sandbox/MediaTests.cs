using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;

namespace Munshi.Tests.Sandbox;

public sealed class MediaTests
{
    private const string Asha = "919000000101";

    private static readonly byte[] Picture = [0xff, 0xd8, 0xff, 0xe0, .. "not really a picture"u8];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_uploaded_file_can_be_looked_up_downloaded_with_the_token_and_deleted()
    {
        await using WebhookReceiver receiver = await WebhookReceiver.StartAsync();
        await using SandboxServer sandbox = await SandboxServer.StartAsync(receiver.Callback);

        string id = (await JsonAsync(await UploadAsync(sandbox, "image/jpeg", Picture))).GetProperty("id").GetString()!;
        JsonElement found = await JsonAsync(await GetAsync(sandbox, $"/v26.0/{id}?phone_number_id={SandboxServer.PhoneNumberId}"));

        Assert.Equal(("image/jpeg", Convert.ToHexStringLower(SHA256.HashData(Picture))), (found.GetProperty("mime_type").GetString(), found.GetProperty("sha256").GetString()));
        Assert.Equal($"{Picture.Length}", found.GetProperty("file_size").GetString());
        string url = found.GetProperty("url").GetString()!;
        Assert.Equal(Picture, await (await GetAsync(sandbox, url)).Content.ReadAsByteArrayAsync(Cancellation));
        Assert.Equal(HttpStatusCode.Unauthorized, (await GetAsync(sandbox, url, "another")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(sandbox, url[..^1] + (url[^1] == '0' ? '1' : '0'))).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await GetAsync(sandbox, $"/v26.0/{id}?phone_number_id=1")).StatusCode);

        using HttpRequestMessage delete = new(HttpMethod.Delete, $"/v26.0/{id}");
        delete.Headers.Authorization = new AuthenticationHeaderValue("Bearer", SandboxServer.AccessToken);
        Assert.Equal(HttpStatusCode.OK, (await sandbox.Http.SendAsync(delete, Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(sandbox, url)).StatusCode);
    }

    [Theory]
    [InlineData("image/svg+xml", 10, 100)]
    [InlineData("image/jpeg", (5 * 1024 * 1024) + 1, 131053)]
    [InlineData("image/png", 0, 131053)]
    public async Task An_upload_that_Meta_does_not_take_is_refused(string type, int length, int code)
    {
        await using WebhookReceiver receiver = await WebhookReceiver.StartAsync();
        await using SandboxServer sandbox = await SandboxServer.StartAsync(receiver.Callback);

        HttpResponseMessage refused = await UploadAsync(sandbox, type, new byte[length]);

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal(code, (await JsonAsync(refused)).GetProperty("error").GetProperty("code").GetInt32());
    }

    [Fact]
    public async Task A_customers_file_arrives_with_id_hash_type_and_address_that_lead_to_its_bytes()
    {
        await using WebhookReceiver receiver = await WebhookReceiver.StartAsync();
        await using SandboxServer sandbox = await SandboxServer.StartAsync(receiver.Callback);

        await SendAsync(sandbox);

        JsonElement image = receiver.All[0].Item.GetProperty("image");
        Assert.Equal(("image/jpeg", Convert.ToHexStringLower(SHA256.HashData(Picture))), (image.GetProperty("mime_type").GetString(), image.GetProperty("sha256").GetString()));
        Assert.Equal(Picture, await (await GetAsync(sandbox, image.GetProperty("url").GetString()!)).Content.ReadAsByteArrayAsync(Cancellation));
        JsonElement found = await JsonAsync(await GetAsync(sandbox, $"/v26.0/{image.GetProperty("id").GetString()}"));
        Assert.Equal(image.GetProperty("sha256").GetString(), found.GetProperty("sha256").GetString());
    }

    [Fact]
    public async Task Each_fault_of_files_does_what_it_says()
    {
        await using WebhookReceiver receiver = await WebhookReceiver.StartAsync();
        await using SandboxServer sandbox = await SandboxServer.StartAsync(receiver.Callback);
        await SendAsync(sandbox);
        JsonElement image = receiver.All[0].Item.GetProperty("image");
        string url = image.GetProperty("url").GetString()!;

        await sandbox.PutAsync("/control/faults", """{"mediaExpired":1,"mediaWrongHash":1}""");
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(sandbox, url)).StatusCode);
        Assert.NotEqual(Picture, await (await GetAsync(sandbox, url)).Content.ReadAsByteArrayAsync(Cancellation));
        Assert.Equal(Picture, await (await GetAsync(sandbox, url)).Content.ReadAsByteArrayAsync(Cancellation));

        await sandbox.PutAsync("/control/faults", """{"mediaTooLarge":1}""");
        Assert.False((await JsonAsync(await GetAsync(sandbox, $"/v26.0/{image.GetProperty("id").GetString()}"))).TryGetProperty("file_size", out _));
        Assert.Equal(101 * 1024 * 1024, (await (await GetAsync(sandbox, url)).Content.ReadAsByteArrayAsync(Cancellation)).Length);

        await sandbox.PutAsync("/control/faults", """{"mediaEndless":1}""");
        using HttpResponseMessage endless = await GetAsync(sandbox, url);
        await using Stream body = await endless.Content.ReadAsStreamAsync(Cancellation);
        byte[] much = new byte[1024 * 1024];
        for (int read = 0; read < 150; read++)
        {
            await body.ReadExactlyAsync(much, Cancellation);
        }

        await sandbox.PutAsync("/control/faults", """{"mediaExpired":true}""");
        Assert.Equal(HttpStatusCode.BadRequest, (await GetAsync(sandbox, $"/v26.0/{image.GetProperty("id").GetString()}")).StatusCode);
    }

    private static async Task SendAsync(SandboxServer sandbox)
    {
        using MultipartFormDataContent form = new() { { File("image/jpeg", Picture), "file", "saree.jpg" } };
        (await sandbox.Http.PostAsync($"/phone/{Asha}/messages", form, Cancellation)).EnsureSuccessStatusCode();
        await sandbox.IdleAsync();
    }

    private static async Task<HttpResponseMessage> UploadAsync(SandboxServer sandbox, string type, byte[] content)
    {
        using MultipartFormDataContent form = new() { { new StringContent("whatsapp"), "messaging_product" }, { new StringContent(type), "type" }, { File(type, content), "file", "saree.jpg" } };
        using HttpRequestMessage request = new(HttpMethod.Post, $"/v26.0/{SandboxServer.PhoneNumberId}/media") { Content = form };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", SandboxServer.AccessToken);
        return await sandbox.Http.SendAsync(request, Cancellation);
    }

    private static ByteArrayContent File(string type, byte[] content)
    {
        ByteArrayContent file = new(content);
        file.Headers.ContentType = new MediaTypeHeaderValue(type);
        return file;
    }

    private static async Task<HttpResponseMessage> GetAsync(SandboxServer sandbox, string address, string token = SandboxServer.AccessToken)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, address);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await sandbox.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
    }

    private static Task<JsonElement> JsonAsync(HttpResponseMessage response) => response.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
}
