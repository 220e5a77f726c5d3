using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Net.Sockets;
using System.Text;
using Microsoft.Playwright;
using Munshi.Access;
using Munshi.Audit;
using Munshi.Database;

namespace Munshi.Browser.Tests;

/// <summary>The measures of <c>bench/first-load</c>, over an inbox of 10,000 conversations. It runs only when asked for by name.</summary>
[Collection(OneBench.Name)]
public sealed class FirstLoadMeasure(LongInbox inbox) : IClassFixture<LongInbox>
{
    private const int Conversations = 10_000;
    private const int Tabs = 400;

    private readonly List<string> _rows = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Explicit = true)]
    public async Task Every_budget_of_the_first_load_is_kept()
    {
        Bench bench = inbox.Bench;
        await using BrowserVisit visit = await bench.OwnerAsync(Look.Desk);
        await inbox.FillAsync(Conversations);
        await visit.OpenAsync("/inbox"); // warms the server
        Dictionary<string, string> asked = [];
        void Note(object? sender, IRequest request) => asked[request.Url] = request.ResourceType;
        visit.Page.Request += Note;
        await visit.OpenAsync("/inbox");
        await visit.Page.EvaluateAsync("document.fonts.ready.then(() => true)");
        visit.Page.Request -= Note;

        await WeighAsync(visit.Page, asked);
        Told("DOM nodes on the inbox", await visit.Page.EvaluateAsync<int>("document.querySelectorAll('*').length"), 3000, "");
        Told("TTFB p95, warm, 10,000 conversations", Percentile(await visit.Page.EvaluateAsync<double[]>(Fetches)), 50, " ms");
        Told("Click on a row to messages painted, p95", Percentile(await visit.Page.EvaluateAsync<double[]>(Clicks)), 150, " ms");
        Told("Push to visible, p95", Percentile(await PushesAsync(visit)), 250, " ms");
        Told("Server memory per open tab", await MemoryOfATabAsync() / 1024, 64, " KiB");
        string table = $"| what | measured | limit | |\n|---|---|---|---|\n{string.Join('\n', _rows)}\n";
        if (Environment.GetEnvironmentVariable("MUNSHI_RESULTS") is { Length: > 0 } file)
        {
            await File.WriteAllTextAsync(file, table, Cancellation);
        }

        TestContext.Current.TestOutputHelper?.WriteLine(table);
        Assert.DoesNotContain("| NOT ok |", table, StringComparison.Ordinal);
    }

    private const string Fetches =
        """
        async () => {
          const times = [];
          for (let i = 0; i < 220; i++) {
            const began = performance.now();
            const answer = await fetch("/inbox");
            if (i >= 20) times.push(performance.now() - began);
            await answer.text();
          }
          return times;
        }
        """;

    private const string Clicks =
        """
        async () => {
          const times = [];
          const rows = [...document.querySelectorAll(".row")].slice(0, 40);
          for (const row of rows) {
            const began = performance.now();
            row.querySelector("a").click();
            while (document.getElementById("conversation").dataset.conversation !== row.dataset.conversation) await new Promise(requestAnimationFrame);
            await new Promise(requestAnimationFrame);
            times.push(performance.now() - began);
            await new Promise(done => setTimeout(done, 60));
          }
          return times;
        }
        """;

    /// <summary>Asks for each once more, so that nothing comes from the browser's own store.</summary>
    private async Task WeighAsync(IPage page, Dictionary<string, string> asked)
    {
        (long scripts, long all, long wire) = (0, 0, 0);
        foreach ((string address, string type) in asked.Where(pair => pair.Value is not ("font" or "eventsource")))
        {
            IAPIResponse response = await page.APIRequest.GetAsync(address);
            byte[] body = await response.BodyAsync();
            long size = Compressed(body);
            all += size;
            scripts += type == "script" ? size : 0;
            wire += long.TryParse(response.Headers.GetValueOrDefault("content-length"), CultureInfo.InvariantCulture, out long sent) ? sent : body.Length;
        }

        Told("Inbox first load, scripts, gzip", scripts / 1000.0, 25, " KB");
        Told("Inbox first load, all but fonts, gzip", all / 1000.0, 80, " KB");
        _rows.Add(string.Create(CultureInfo.InvariantCulture, $"| Inbox first load, all but fonts, as this server sent it | {wire / 1000.0:F1} KB | | |"));
    }

    private async Task<double[]> PushesAsync(BrowserVisit visit)
    {
        Bench bench = inbox.Bench;
        TaskCompletionSource seen = new();
        await visit.Page.ExposeFunctionAsync("tellSeen", () => seen.TrySetResult());
        await visit.OpenAsync("/inbox");
        await visit.Page.Mouse.MoveAsync(900, 400);
        await visit.Page.WaitForTimeoutAsync(1000); // the stream opens
        await visit.Page.EvaluateAsync(
            "() => new MutationObserver(() => requestAnimationFrame(() => { const now = document.querySelector('.row .unread [aria-hidden]')?.textContent; if (now !== window.lastSeen) { window.lastSeen = now; tellSeen(); } })).observe(document.querySelector('.inbox').parentElement, { subtree: true, childList: true, characterData: true })");
        Guid id = await bench.NewestConversationAsync();
        List<double> times = [];
        for (int i = 0; i < 60; i++)
        {
            seen = new TaskCompletionSource();
            await bench.Server.Database.AsSuperuserAsync($"UPDATE vault.conversation SET inbound_count = {200 + i}, read_count = {199 + i - (i % 40) - 1} WHERE id = '{id}'");
            long began = Stopwatch.GetTimestamp();
            await bench.Server.Get<WorkspaceDatabase>().TransactAsync(bench.Server.ClientId, transaction =>
            {
                Signals.Conversation(transaction, id);
                return Task.FromResult(true);
            }, Cancellation);
            await seen.Task.WaitAsync(TimeSpan.FromSeconds(10), Cancellation);
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            await visit.Page.WaitForTimeoutAsync(150);
        }

        return [.. times];
    }

    /// <summary>Bytes of managed memory; the clients' sockets live in the same process, so this is an upper bound.</summary>
    private async Task<double> MemoryOfATabAsync()
    {
        Bench bench = inbox.Bench;
        List<string> sessions = [];
        for (int i = 0; i < Tabs / 8; i++)
        {
            string link = await bench.Server.Get<SignInLinks>().IssueAsync(bench.Server.ClientId, bench.Server.OwnerId, Actor.Operator, Cancellation);
            sessions.Add(await bench.Server.Get<SignInLinks>().RedeemAsync(link, Cancellation) ?? throw new InvalidOperationException("The link did not open."));
        }

        List<Socket> tabs = [];
        try
        {
            await OpenAsync(sessions[0], tabs);
            long before = GC.GetTotalMemory(forceFullCollection: true);
            foreach (string session in sessions.Skip(1).SelectMany(session => Enumerable.Repeat(session, 8)))
            {
                await OpenAsync(session, tabs);
            }

            return (double)(GC.GetTotalMemory(forceFullCollection: true) - before) / (tabs.Count - 1);
        }
        finally
        {
            tabs.ForEach(tab => tab.Dispose());
        }
    }

    private async Task OpenAsync(string session, List<Socket> tabs)
    {
        Socket socket = new(SocketType.Stream, ProtocolType.Tcp);
        tabs.Add(socket);
        await socket.ConnectAsync("127.0.0.1", inbox.Bench.Server.Address.Port, Cancellation);
        await socket.SendAsync(Encoding.ASCII.GetBytes($"GET /events HTTP/1.1\r\nHost: localhost\r\nCookie: munshi-session={session}\r\n\r\n"), Cancellation);
        byte[] answer = new byte[12];
        await socket.ReceiveAsync(answer, Cancellation);
        Assert.Equal("HTTP/1.1 200", Encoding.ASCII.GetString(answer));
    }

    private void Told(string what, double measured, double limit, string unit) => _rows.Add(string.Create(
        CultureInfo.InvariantCulture, $"| {what} | {measured:0.#}{unit} | {limit:0}{unit} | {(measured <= limit ? "ok" : "NOT ok")} |"));

    private static double Percentile(double[] times) => times.Order().ElementAt((int)Math.Ceiling(times.Length * 0.95) - 1);

    private static long Compressed(byte[] bytes)
    {
        using MemoryStream compressed = new();
        using (GZipStream gzip = new(compressed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            gzip.Write(bytes);
        }

        return compressed.Length;
    }
}
