using Munshi.Notices;
using Munshi.Sandbox.Mail;
using Munshi.Tests.Postgres;
using Munshi.Web;

namespace Munshi.Tests.Notices;

public sealed class MailTests(PostgresTemplate postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_mail_names_its_delivery_and_says_what_is_wrong_in_the_recipients_language()
    {
        await using NoticeBench bench = await NoticeBench.StartAsync(postgres);
        await bench.ChooseAsync(bench.ClientId, bench.OwnerId, new NoticePreferences { Email = "mita@aparajita.example", Language = Language.Hindi });

        await bench.RaiseAsync(bench.Alert());
        await bench.RunAsync();

        ReceivedMail mail = Assert.Single(await bench.MailsAsync());
        Guid delivery = await bench.Database.ScalarAsync<Guid>("SELECT id FROM notice.delivery");
        Assert.Equal($"<{delivery:N}@aparajita.example>", mail.MessageId);
        Assert.Equal("munshi@aparajita.example", mail.From);
        Assert.Equal("चेतावनी: बहीखाता प्रविष्टि 7 पर बदला गया है – Aparajita Sarees", mail.Subject);
        Assert.Contains("होना चाहिए था: aa। मिला: bb।", mail.Text, StringComparison.Ordinal);
        Assert.Contains("\r\nAuto-Submitted: auto-generated\r\n", mail.Source, StringComparison.Ordinal);
        Assert.Equal("sent", await bench.DeliveryAsync());
        Assert.Equal(["queued", "sending", "sent"], await bench.LogAsync());
        Assert.Equal(1, await bench.Database.ScalarAsync<long>("SELECT count(*) FROM audit.event WHERE action = 'notice.sent' AND actor = 'program:notices'"));
    }

    [Fact]
    public async Task A_refusal_for_good_ends_as_failed_with_its_code()
    {
        await using NoticeBench bench = await NoticeBench.StartAsync(postgres);
        await bench.FaultsAsync(new { mailReject = 1 });

        await bench.RaiseAsync(bench.Alert());
        await bench.RunAsync();
        bench.Clock.Now += TimeSpan.FromDays(1);
        await bench.RunAsync();

        Assert.Equal("failed refused 550", await bench.DeliveryAsync());
        Assert.Empty(await bench.MailsAsync());
        Assert.Equal(0, await bench.CountAsync("work.job"));
    }

    [Fact]
    public async Task A_refusal_for_now_is_tried_again_after_a_pause()
    {
        await using NoticeBench bench = await NoticeBench.StartAsync(postgres);
        await bench.FaultsAsync(new { mailDefer = 1 });

        await bench.RaiseAsync(bench.Alert());
        await bench.RunAsync();
        string deferred = await bench.DeliveryAsync();
        bench.Clock.Now += TimeSpan.FromSeconds(1);
        await bench.RunAsync();

        Assert.Equal("queued deferred 451", deferred);
        Assert.Equal("sent", await bench.DeliveryAsync());
        Assert.Single(await bench.MailsAsync());
    }

    [Fact]
    public async Task A_server_that_never_wants_is_given_up_after_about_a_day()
    {
        await using NoticeBench bench = await NoticeBench.StartAsync(postgres);
        await bench.FaultsAsync(new { mailDefer = true });
        await bench.RaiseAsync(bench.Alert());

        for (int attempt = 0; attempt < MailDispatch.MaxAttempts; attempt++)
        {
            await bench.RunAsync();
            bench.Clock.Now += TimeSpan.FromMinutes(15);
        }

        Assert.Equal("failed deferred 451", await bench.DeliveryAsync());
        Assert.Equal(0, await bench.CountAsync("work.job"));
    }

    [Fact]
    public async Task A_server_that_falls_silent_leaves_it_uncertain_and_a_repeat_has_the_same_name()
    {
        await using NoticeBench bench = await NoticeBench.StartAsync(postgres, ("Smtp:Timeout", "00:00:01"));
        await bench.FaultsAsync(new { mailSilent = 1 });

        await bench.RaiseAsync(bench.Alert());
        await bench.RunAsync();
        string silent = await bench.DeliveryAsync();
        bench.Clock.Now += TimeSpan.FromSeconds(1);
        await bench.RunAsync();

        ReceivedMail[] mails = await bench.MailsAsync();
        Assert.Equal("uncertain no-answer", silent);
        Assert.Equal("sent", await bench.DeliveryAsync());
        Assert.Equal(2, mails.Length);
        Assert.Equal(mails[0].MessageId, mails[1].MessageId);
    }

    [Fact]
    public async Task A_mail_that_may_have_arrived_is_repeated_a_few_times_only()
    {
        await using NoticeBench bench = await NoticeBench.StartAsync(postgres, ("Smtp:Timeout", "00:00:01"));
        await bench.FaultsAsync(new { mailSilent = true });
        await bench.RaiseAsync(bench.Alert());

        for (int attempt = 0; attempt < MailDispatch.MaxUnanswered + 2; attempt++)
        {
            await bench.RunAsync();
            bench.Clock.Now += TimeSpan.FromMinutes(15);
        }

        Assert.Equal("uncertain no-answer", await bench.DeliveryAsync());
        Assert.Equal(MailDispatch.MaxUnanswered, (await bench.MailsAsync()).Length);
        Assert.Equal(0, await bench.CountAsync("work.job"));
    }

    [Fact]
    public async Task Killed_while_sending_it_is_sent_again_under_the_same_name_and_the_log_has_one_end()
    {
        await using NoticeBench bench = await NoticeBench.StartAsync(postgres);
        await bench.FaultsAsync(new { mailSilent = 1 });
        await bench.RaiseAsync(bench.Alert());
        using CancellationTokenSource kill = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        Task sending = NoticeBench.RunAsync(bench.NewProcess(), kill.Token);
        await Sandbox.Eventually.TrueAsync(async () => (await bench.MailsAsync()).Length == 1);

        await kill.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        string killed = await bench.DeliveryAsync();
        await bench.RunAsync();
        int whileTheLeaseIsHeld = (await bench.MailsAsync()).Length;
        bench.Clock.Now += TimeSpan.FromSeconds(31);
        await bench.RunAsync();

        ReceivedMail[] mails = await bench.MailsAsync();
        Assert.Equal("sending", killed);
        Assert.Equal(1, whileTheLeaseIsHeld);
        Assert.Equal(2, mails.Length);
        Assert.Equal(mails[0].MessageId, mails[1].MessageId);
        Assert.Equal(["queued", "sending", "uncertain", "sending", "sent"], await bench.LogAsync());
    }

    [Fact]
    public async Task A_server_that_is_away_is_called_again()
    {
        await using NoticeBench bench = await NoticeBench.StartAsync(postgres);
        await bench.StopSandboxAsync();

        await bench.RaiseAsync(bench.Alert());
        await bench.RunAsync();

        Assert.Equal("queued unreachable", await bench.DeliveryAsync());
        Assert.Equal(1, await bench.CountAsync("work.job"));
    }

    [Fact]
    public async Task Without_a_mail_server_the_notice_is_kept_and_says_so()
    {
        await using NoticeBench bench = await NoticeBench.StartAsync(postgres, ("Smtp:Host", ""), ("From", ""));

        await bench.RaiseAsync(bench.Alert());
        await bench.RunAsync();

        Assert.Equal("not-sent no-server", await bench.DeliveryAsync());
        Assert.Equal(0, await bench.CountAsync("work.job"));
    }

    [Fact]
    public async Task An_owner_without_an_address_is_not_mailed_and_the_others_are()
    {
        await using NoticeBench bench = await NoticeBench.StartAsync(postgres);
        await bench.OwnerAsync(bench.ClientId, email: null);

        await bench.RaiseAsync(bench.Alert());
        await bench.RunAsync();

        Assert.Single(await bench.MailsAsync());
        Assert.Equal(1, await bench.Database.ScalarAsync<long>("SELECT count(*) FROM notice.delivery WHERE state = 'not-sent' AND reason = 'no-address'"));
    }

    [Fact]
    public async Task A_name_with_line_breaks_begins_no_header_and_reaches_nobody_else()
    {
        await using NoticeBench bench = await NoticeBench.StartAsync(postgres);
        (Guid clientId, _) = await bench.WorkspaceAsync("hostile", "Shop\r\nBcc: victim@example.org\u2028\n\nX: y", "ila@hostile.example");

        await bench.Get<NoticeBoard>().RaiseAsync(clientId, bench.Alert(), Cancellation);
        await bench.RunAsync();

        ReceivedMail mail = Assert.Single(await bench.MailsAsync());
        string head = mail.Source[..mail.Source.IndexOf("\r\n\r\n", StringComparison.Ordinal)];
        Assert.Equal(["ila@hostile.example"], mail.To);
        Assert.DoesNotContain("Bcc", head, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(head.Split("\r\n"), line => line.StartsWith("X:", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("10.1.2.3")]
    [InlineData("169.254.169.254")]
    public async Task A_private_address_is_never_called(string host)
    {
        await using NoticeBench bench = await NoticeBench.StartAsync(postgres, ("Smtp:Host", host));

        await bench.RaiseAsync(bench.Alert());
        await bench.RunAsync();

        Assert.Equal("queued private-address", await bench.DeliveryAsync());
    }

    [Fact]
    public async Task A_server_without_the_encryption_that_is_asked_for_gets_nothing()
    {
        await using NoticeBench bench = await NoticeBench.StartAsync(postgres, ("Smtp:Tls", "starttls"));

        await bench.RaiseAsync(bench.Alert());
        await bench.RunAsync();

        Assert.Equal("queued no-tls", await bench.DeliveryAsync());
        Assert.Empty(await bench.MailsAsync());
    }

    [Theory]
    [InlineData("mita@aparajita.example", true)]
    [InlineData("a.b+c@x-y.example.in", true)]
    [InlineData("a@b", false)]
    [InlineData("a@b.example\n", false)]
    [InlineData("a@b.example\r\nRCPT TO:<c@d.example>", false)]
    [InlineData("Mita <a@b.example>", false)]
    [InlineData("a@b.example, c@d.example", false)]
    [InlineData("\"a b\"@b.example", false)]
    [InlineData("a@[127.0.0.1]", false)]
    [InlineData("", false)]
    public void An_address_is_one_plain_address(string text, bool usable) => Assert.Equal(usable, EmailAddress.IsUsable(text));

    [Theory]
    [InlineData("mail.example:25", 25, true, "", "a@b.example", "Notices:Smtp:Host")]
    [InlineData("mail.example", 0, true, "", "a@b.example", "Notices:Smtp:Port")]
    [InlineData("mail.example", 587, false, "me", "a@b.example", "Notices:Smtp:User")]
    [InlineData("mail.example", 587, true, "", "", "Notices:From")]
    public void A_wrong_setting_is_named(string host, int port, bool encrypted, string user, string from, string named)
    {
        NoticesOptions options = new() { From = from, Smtp = new SmtpOptions { Host = host, Port = port, Tls = encrypted ? SmtpTls.StartTls : SmtpTls.None, User = user } };

        Assert.StartsWith(named, Assert.Single(new NoticesOptionsValidator().Validate(null, options).Failures!), StringComparison.Ordinal);
    }
}
