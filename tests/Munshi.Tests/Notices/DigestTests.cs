using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Munshi.Notices;
using Munshi.Sandbox.Mail;
using Munshi.Tests.Postgres;

namespace Munshi.Tests.Notices;

public sealed class DigestTests(PostgresTemplate postgres) : IAsyncLifetime
{
    private NoticeBench _bench = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _bench = await NoticeBench.StartAsync(postgres);

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task Each_owner_gets_one_digest_a_day_at_eight_by_their_clocks_from_however_many_processes()
    {
        await _bench.OwnerAsync(_bench.ClientId, "ila@aparajita.example");
        ServiceProvider[] processes = [_bench.NewProcess(), _bench.NewProcess()];

        await LookAsync("2026-11-23T02:29:30Z", processes);
        int beforeEight = (await _bench.MailsAsync()).Length;
        await LookAsync("2026-11-23T02:30:00Z", processes);
        await LookAsync("2026-11-23T02:30:30Z", processes);
        await LookAsync("2026-11-23T14:00:00Z", [_bench.NewProcess()]);
        string[] firstDay = await RecipientsAsync();
        await LookAsync("2026-11-24T02:30:00Z", processes);

        Assert.Equal(0, beforeEight);
        Assert.Equal(["ila@aparajita.example", "mita@aparajita.example"], firstDay);
        Assert.Equal(4, (await _bench.MailsAsync()).Length);
    }

    [Fact]
    public async Task After_days_without_a_server_there_is_one_digest_of_yesterday()
    {
        await LookAsync("2026-11-27T10:00:00Z", [_bench.NewProcess()]);

        ReceivedMail mail = Assert.Single(await _bench.MailsAsync());
        Assert.StartsWith("Summary of 26 Nov 2026", mail.Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_zone_on_the_same_day_brings_no_second_digest()
    {
        await LookAsync("2026-11-23T02:30:00Z", [_bench.NewProcess()]);
        await _bench.ChooseAsync(_bench.ClientId, _bench.OwnerId, new NoticePreferences
        {
            Email = "mita@aparajita.example",
            Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/London"),
        });
        await LookAsync("2026-11-23T08:00:00Z", [_bench.NewProcess()]);

        Assert.Single(await _bench.MailsAsync());
    }

    [Fact]
    public async Task Who_wants_none_gets_none()
    {
        await _bench.ChooseAsync(_bench.ClientId, _bench.OwnerId, new NoticePreferences { Email = "mita@aparajita.example", WantsDigest = false });
        await LookAsync("2026-11-23T02:30:00Z", [_bench.NewProcess()]);

        Assert.Empty(await _bench.MailsAsync());
    }

    [Fact]
    public async Task It_tells_yesterdays_counts_and_nothing_of_today_or_of_another_workspace()
    {
        (Guid other, _) = await _bench.WorkspaceAsync("other", "Other Shop", email: null);
        await _bench.Database.AsSuperuserAsync(DigestMessages.Conversation(_bench.ClientId, "waiting") + DigestMessages.Conversation(other, "waiting"));
        await MessagesAsync(_bench.ClientId, "2026-11-22T18:29:59Z", "in", "customer", 3); // 23:59:59 in India
        await MessagesAsync(_bench.ClientId, "2026-11-22T18:30:00Z", "in", "customer", 5); // today
        await MessagesAsync(_bench.ClientId, "2026-11-21T18:29:59Z", "in", "customer", 7); // the day before
        await MessagesAsync(_bench.ClientId, "2026-11-21T18:30:00Z", "out", "program", 2);
        await MessagesAsync(_bench.ClientId, "2026-11-22T06:00:00Z", "out", "person", 1);
        await MessagesAsync(other, "2026-11-22T06:00:00Z", "in", "customer", 11);

        await LookAsync("2026-11-23T02:30:00Z", [_bench.NewProcess()]);

        ReceivedMail mail = Assert.Single(await _bench.MailsAsync());
        Assert.StartsWith("Summary of 22 Nov 2026 – Aparajita Sarees", mail.Subject, StringComparison.Ordinal);
        Assert.Contains(
            "Messages\n  - 3 messages received\n  - 2 answered automatically\n  - 1 answered by people\n  - 1 conversation waits for a person now\n",
            mail.Text,
            StringComparison.Ordinal);
    }

    private async Task MessagesAsync(Guid clientId, string at, string direction, string author, int count)
    {
        for (int i = 0; i < count; i++)
        {
            await _bench.Database.AsSuperuserAsync(DigestMessages.Message(clientId, At(at), direction, author));
        }
    }

    /// <summary>Every process looks for digests at once, and all jobs are done.</summary>
    private async Task LookAsync(string now, ServiceProvider[] processes)
    {
        _bench.Clock.Now = At(now);
        await Task.WhenAll(processes.Select(process => process.GetRequiredService<Digests>().RaiseDueAsync(Cancellation)));
        await Task.WhenAll(processes.Select(process => NoticeBench.RunAsync(process, Cancellation)));
    }

    private async Task<string[]> RecipientsAsync() => [.. (await _bench.MailsAsync()).SelectMany(mail => mail.To).Order(StringComparer.Ordinal)];

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
