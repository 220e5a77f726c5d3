using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Munshi.Tests.Sandbox;

public sealed class ControlPageTests
{
    private const string Asha = "919000000101";

    [Fact]
    public async Task Every_fault_has_a_switch_and_a_sentence()
    {
        await using SandboxServer sandbox = await SandboxServer.StartAsync(new Uri("http://127.0.0.1:9/unused"));
        JsonElement faults = await sandbox.Http.GetFromJsonAsync<JsonElement>("/control/faults", TestContext.Current.CancellationToken);

        using HttpResponseMessage response = await sandbox.Http.GetAsync("/control", TestContext.Current.CancellationToken);
        IHtmlDocument page = await ParseAsync(response);

        foreach (JsonProperty fault in faults.EnumerateObject())
        {
            IElement field = page.GetElementById(fault.Name) ?? throw new InvalidOperationException(fault.Name);
            Assert.Equal(fault.Name, field.GetAttribute("name"));
            Assert.EndsWith(".", page.GetElementById(field.GetAttribute("aria-describedby")!)?.TextContent, StringComparison.Ordinal);
        }

        string policy = string.Join(' ', response.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains($"script-src 'nonce-{Assert.Single(page.Scripts).GetAttribute("nonce")}'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain(page.All, element => element.HasAttribute("style") || element.Attributes.Any(attribute => attribute.Name.StartsWith("on", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Without_javascript_the_form_switches_and_the_counts_show_it()
    {
        await using WebhookReceiver receiver = await WebhookReceiver.StartAsync();
        await using SandboxServer sandbox = await SandboxServer.StartAsync(receiver.Callback);

        IHtmlDocument switched = await SubmitAsync(sandbox, new() { ["duplicate"] = "on", ["duplicate.calls"] = "1", ["http429"] = "on", ["delayMs"] = "5" });
        await sandbox.WriteAsync(Asha, """{"text":"once"}""");
        await sandbox.IdleAsync();
        IHtmlDocument after = await ParseAsync(await sandbox.Http.GetAsync("/control", TestContext.Current.CancellationToken));
        IHtmlDocument off = await SubmitAsync(sandbox, new() { ["off"] = "all", ["http429"] = "on" });

        Assert.True(switched.QuerySelector<IHtmlInputElement>("#duplicate")!.IsChecked);
        Assert.Equal("1", switched.QuerySelector<IHtmlInputElement>("[name='duplicate.calls']")!.Value);
        Assert.Equal("3", switched.GetElementById("active")?.TextContent);
        Assert.Equal(["message:once", "message:once"], receiver.Summaries);
        Assert.Equal("1", after.QuerySelector("[data-field=duplicated]")?.TextContent);
        Assert.Equal("2", after.QuerySelector("[data-field=delivered]")?.TextContent);
        Assert.False(after.QuerySelector<IHtmlInputElement>("#duplicate")!.IsChecked);
        Assert.True(after.QuerySelector<IHtmlInputElement>("#http429")!.IsChecked);
        Assert.Equal("0", off.GetElementById("active")?.TextContent);
    }

    [Fact]
    public async Task A_wrong_number_is_told_and_changes_nothing()
    {
        await using SandboxServer sandbox = await SandboxServer.StartAsync(new Uri("http://127.0.0.1:9/unused"));
        using FormUrlEncodedContent form = new(Fields(new() { ["duplicate"] = "on", ["statusLossPercent"] = "101" }));

        using HttpResponseMessage response = await sandbox.Http.PostAsync("/control", form, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        IHtmlDocument page = await ParseAsync(response);
        Assert.Equal("statusLossPercent must be a whole number from 0 to 100.", page.GetElementById("problem")?.TextContent);
        Assert.Equal("0", page.GetElementById("active")?.TextContent);
    }

    [Fact]
    public async Task Delete_puts_every_fault_off()
    {
        await using SandboxServer sandbox = await SandboxServer.StartAsync(new Uri("http://127.0.0.1:9/unused"));
        string before = await sandbox.Http.GetStringAsync("/control/faults", TestContext.Current.CancellationToken);
        await sandbox.PutAsync("/control/faults", """{"reorder":true,"http500":4,"batchSize":9,"failedCode":131049}""");

        using HttpResponseMessage response = await sandbox.Http.DeleteAsync("/control/faults", TestContext.Current.CancellationToken);

        Assert.Equal(before, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_waiting_reader_of_the_counts_is_woken_by_the_next_one()
    {
        await using WebhookReceiver receiver = await WebhookReceiver.StartAsync();
        await using SandboxServer sandbox = await SandboxServer.StartAsync(receiver.Callback);
        long version = (await sandbox.IdleAsync()).GetProperty("version").GetInt64();

        Task<JsonElement> waiting = sandbox.Http.GetFromJsonAsync<JsonElement>($"/control/state?changedAfter={version}&wait=60", TestContext.Current.CancellationToken);
        await sandbox.WriteAsync(Asha, """{"text":"Hi"}""");

        Assert.True((await waiting.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken)).GetProperty("version").GetInt64() > version);
    }

    private static async Task<IHtmlDocument> SubmitAsync(SandboxServer sandbox, Dictionary<string, string> fields)
    {
        using FormUrlEncodedContent form = new(Fields(fields));
        return await ParseAsync(await sandbox.Http.PostAsync("/control", form, TestContext.Current.CancellationToken));
    }

    /// <summary>As a browser sends them: every number is there, a switch only when it is on.</summary>
    private static Dictionary<string, string> Fields(Dictionary<string, string> changed)
    {
        Dictionary<string, string> fields = new()
        {
            ["delayMs"] = "0",
            ["delayJitterMs"] = "0",
            ["answerDelayMs"] = "0",
            ["statusLossPercent"] = "0",
            ["batchSize"] = "1",
            ["failedCode"] = "131026",
            ["refusedCode"] = "131050",
            ["retryAfterSeconds"] = "0",
        };
        foreach ((string name, string value) in changed)
        {
            fields[name] = value;
        }

        return fields;
    }

    private static async Task<IHtmlDocument> ParseAsync(HttpResponseMessage response) =>
        new HtmlParser().ParseDocument(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
}
