using Microsoft.Playwright;
using Npgsql;

namespace Munshi.Bench.Answer;

/// <summary>From a customer's message to the visible answer: in the dashboard's open conversation, and on the phone.</summary>
internal static class AnswerBench
{
    private const string Chromium = "/usr/bin/chromium";

    /// <summary>Resolves when an answer more than now is on the page and the frame with it was drawn: milliseconds since 1970.</summary>
    private const string Watch =
        """
        () => {
          const answers = () => document.querySelectorAll('#run .message.out .text').length;
          const before = answers();
          window.answerSeen = new Promise(resolve => {
            new MutationObserver((_, observer) => {
              if (answers() > before) {
                observer.disconnect();
                requestAnimationFrame(() => setTimeout(() => resolve(performance.timeOrigin + performance.now())));
              }
            }).observe(document.body, { childList: true, subtree: true });
          });
        }
        """;

    private static readonly string[] Arguments = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"];
    private static readonly string[] Questions = ["What are your timings?", "Is there parking near the shop?", "How can I pay?", "Do you gift wrap?", "Do you stitch blouses?"];

    public static async Task<Report> RunAsync(BenchOptions options, CancellationToken cancellationToken)
    {
        int rounds = options.Pick(3, 1);
        int samples = options.Pick(15, 3);
        await using RunningMunshi munshi = await RunningMunshi.StartAsync(options.Directory, cancellationToken);
        using HttpClient http = new() { Timeout = TimeSpan.FromSeconds(30) };
        using IPlaywright playwright = await Playwright.CreateAsync();
        await using IBrowser browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Chromium, Args = Arguments });
        IPage page = await browser.NewPageAsync();
        await page.GotoAsync(await munshi.SignInLinkAsync());
        await page.ClickAsync("main button[type=submit]");
        await page.WaitForURLAsync("**/inbox");

        int customers = 0;
        string NewCustomer() => $"9190003{customers++:D5}";
        for (int i = 0; i < options.Pick(5, 1); i++)
        {
            await AskAsync(munshi, http, page, NewCustomer(), i, cancellationToken); // warm up
        }

        List<double> inbox = [], phone = [], inboxMost = [], phoneMost = [];
        for (int round = 0; round < rounds; round++)
        {
            List<double> seen = [], received = [];
            for (int sample = 0; sample < samples; sample++)
            {
                (double inInbox, double onPhone) = await AskAsync(munshi, http, page, NewCustomer(), sample, cancellationToken);
                seen.Add(inInbox);
                received.Add(onPhone);
            }

            inbox.Add(Samples.Median(seen));
            phone.Add(Samples.Median(received));
            inboxMost.Add(seen.Max());
            phoneMost.Add(received.Max());
        }

        return new Report(
            "Phone to visible answer",
            [
                $"{rounds} rounds of {samples} questions, one at a time, each of another customer who has written once before; on a machine with nothing else to do (load average at the end: {await Machine.LoadAsync()}).",
                "From just before the message is given to the sandbox's phone. Inbox: until the frame with the answer in the open conversation is drawn in Chromium, told by the dashboard's live channel. Phone: until the answer is read from the phone.",
            ],
            [
                new Measure("until visible in the inbox, median", "ms", inbox, Below: 500),
                new Measure("until on the phone, median", "ms", phone, Below: 500),
                new Measure("until visible in the inbox, slowest", "ms", inboxMost),
                new Measure("until on the phone, slowest", "ms", phoneMost),
            ]);
    }

    /// <summary>Milliseconds until the answer is in the inbox, and on the phone.</summary>
    private static async Task<(double Inbox, double Phone)> AskAsync(
        RunningMunshi munshi, HttpClient http, IPage page, string customer, int number, CancellationToken cancellationToken)
    {
        await munshi.NextFromBusinessAsync(
            http, customer, await munshi.WriteAsync(http, customer, Questions[(number + 1) % Questions.Length], cancellationToken), cancellationToken);
        await page.GotoAsync(new Uri(munshi.Address, $"inbox/{await NewestConversationAsync(munshi, cancellationToken)}").ToString());
        await page.WaitForFunctionAsync("() => document.querySelectorAll('#run .message.out .text').length > 0");
        await page.WaitForTimeoutAsync(300); // the live channel is open, the statuses of the first answer have come
        await page.EvaluateAsync(Watch);

        DateTimeOffset began = TimeProvider.System.GetUtcNow();
        string asked = await munshi.WriteAsync(http, customer, Questions[number % Questions.Length], cancellationToken);
        Task<DateTimeOffset> received = ReceivedAsync(munshi, http, customer, asked, cancellationToken);
        double seen = await page.EvaluateAsync<double>("() => window.answerSeen");
        return (seen - (began - DateTimeOffset.UnixEpoch).TotalMilliseconds, (await received - began).TotalMilliseconds);
    }

    private static async Task<DateTimeOffset> ReceivedAsync(RunningMunshi munshi, HttpClient http, string customer, string asked, CancellationToken cancellationToken)
    {
        await munshi.NextFromBusinessAsync(http, customer, asked, cancellationToken);
        return TimeProvider.System.GetUtcNow();
    }

    private static async Task<Guid> NewestConversationAsync(RunningMunshi munshi, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection admin = await munshi.AdminAsync("munshi", cancellationToken);
        await using NpgsqlCommand newest = new("SELECT id FROM vault.conversation ORDER BY last_at DESC LIMIT 1", admin);
        return (Guid)(await newest.ExecuteScalarAsync(cancellationToken))!;
    }
}
