using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Munshi.WhatsApp.Webhooks;
using Munshi.WhatsApp.Webhooks.Account;

namespace Munshi.Tests.Sandbox;

/// <summary>What Meta tells of its own accord, from the control page.</summary>
public sealed class TellingTests
{
    private const string Asha = "919000000101";

    [Theory]
    [InlineData("echo", UpdateKind.Echo)]
    [InlineData("history", UpdateKind.HistoryItem)]
    [InlineData("historyDeclined", UpdateKind.Error)]
    [InlineData("contact", UpdateKind.AppState)]
    [InlineData("standby", UpdateKind.Standby)]
    [InlineData("restricted", UpdateKind.Account)]
    [InlineData("disabled", UpdateKind.Account)]
    [InlineData("reinstated", UpdateKind.Account)]
    [InlineData("throughput", UpdateKind.Number)]
    [InlineData("nameApproved", UpdateKind.Number)]
    [InlineData("templateRejected", UpdateKind.Template)]
    [InlineData("templateMarketing", UpdateKind.Template)]
    public async Task Each_event_is_a_signed_webhook_of_its_kind(string told, UpdateKind kind)
    {
        await using WebhookReceiver receiver = await WebhookReceiver.StartAsync();
        await using SandboxServer sandbox = await SandboxServer.StartAsync(receiver.Callback);

        using HttpResponseMessage answer = await TellAsync(sandbox, told, Asha, "I will call you");
        await sandbox.IdleAsync();

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        EnvelopeOutcome.Updates updates = Assert.IsType<EnvelopeOutcome.Updates>(WebhookEnvelope.Read(Assert.Single(receiver.All).Body));
        Assert.All(updates.Items, update => Assert.Equal(kind, update.Kind));
        Assert.All(updates.Items.Where(update => kind is UpdateKind.Account or UpdateKind.Number or UpdateKind.Template), update => Assert.IsNotType<OtherAccountEvent>(AccountEvent.Read(update.Json)));
        Assert.Equal(kind is UpdateKind.HistoryItem ? 2 : 1, updates.Items.Count);
    }

    [Fact]
    public async Task The_page_offers_every_event_and_names_what_is_wrong()
    {
        await using SandboxServer sandbox = await SandboxServer.StartAsync(new Uri("http://127.0.0.1:9/unused"));

        IHtmlDocument page = await new HtmlParser().ParseDocumentAsync(await sandbox.Http.GetStringAsync("/control", TestContext.Current.CancellationToken));
        using HttpResponseMessage unknown = await TellAsync(sandbox, "sunrise", Asha, "hello");
        using HttpResponseMessage nobody = await TellAsync(sandbox, "echo", "12", "hello");
        using HttpResponseMessage wordless = await TellAsync(sandbox, "echo", Asha, " ");

        Assert.Equal(12, page.QuerySelectorAll("#tell-event option").Length);
        Assert.All([unknown, nobody, wordless], refused => Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode));
        Assert.Contains("event must be one of echo, history", await unknown.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Contains("8 to 15 digits", await nobody.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Contains("1 to 1000 characters", await wordless.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> TellAsync(SandboxServer sandbox, string told, string customer, string text)
    {
        using HttpClientHandler handler = new() { AllowAutoRedirect = false };
        using HttpClient http = new(handler) { BaseAddress = sandbox.Http.BaseAddress };
        using FormUrlEncodedContent form = new(new Dictionary<string, string>
        {
            ["event"] = told,
            ["number"] = SandboxServer.PhoneNumberId,
            ["customer"] = customer,
            ["text"] = text,
        });
        return await http.PostAsync("/control/tell", form, TestContext.Current.CancellationToken);
    }
}
