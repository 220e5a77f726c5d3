using Munshi.Access;
using Munshi.Audit;
using Munshi.Database;
using Munshi.Notices;
using Munshi.Sandbox.Mail;
using Munshi.Tests.Postgres;

namespace Munshi.Tests.Notices;

public sealed class NoticeBoardTests(PostgresTemplate postgres) : IAsyncLifetime
{
    private NoticeBench _bench = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _bench = await NoticeBench.StartAsync(postgres);

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task The_same_notice_is_mailed_once_however_often_and_however_late_it_is_raised_again()
    {
        await _bench.RaiseAsync(_bench.Alert());
        await _bench.RunAsync();
        await _bench.RaiseAsync(_bench.Alert());
        _bench.Clock.Now += TimeSpan.FromDays(2);
        await _bench.RaiseAsync(_bench.Alert());
        await _bench.RunAsync();

        Assert.Single(await _bench.MailsAsync());
        Assert.Equal(2, await _bench.Database.ScalarAsync<int>("SELECT repeats FROM notice.notice"));
        Assert.Equal(0, await _bench.CountAsync("work.job"));
    }

    [Fact]
    public async Task Another_of_its_kind_is_taken_in_for_an_hour_and_mailed_after_it()
    {
        await _bench.RaiseAsync(_bench.Alert("7"));
        _bench.Clock.Now += TimeSpan.FromMinutes(59);
        await _bench.RaiseAsync(_bench.Alert("8"));
        await _bench.RunAsync();
        int withinTheHour = (await _bench.MailsAsync()).Length;
        _bench.Clock.Now += TimeSpan.FromMinutes(2);
        await _bench.RaiseAsync(_bench.Alert("9"));
        await _bench.RunAsync();

        Assert.Equal(1, withinTheHour);
        Assert.Equal(2, (await _bench.MailsAsync()).Length);
    }

    [Fact]
    public async Task One_that_was_closed_takes_nothing_in()
    {
        await _bench.RaiseAsync(_bench.Alert("7"));
        await _bench.Get<WorkspaceDatabase>().TransactAsync(_bench.ClientId, transaction =>
        {
            NoticeBoard.Close(transaction, "ledger-broken", _bench.ClientId, _bench.Clock.Now);
            return Task.FromResult(true);
        }, Cancellation);
        await _bench.RaiseAsync(_bench.Alert("8"));
        await _bench.RunAsync();

        Assert.Equal(2, (await _bench.MailsAsync()).Length);
    }

    [Fact]
    public async Task An_alert_is_not_taken_in_by_a_warning()
    {
        await _bench.RaiseAsync(_bench.Alert("7") with { Severity = NoticeSeverity.Warning });
        await _bench.RaiseAsync(_bench.Alert("8"));
        await _bench.RunAsync();

        Assert.Equal(2, (await _bench.MailsAsync()).Length);
    }

    [Fact]
    public async Task Raised_many_times_at_once_it_is_one_notice()
    {
        await Task.WhenAll(Enumerable.Range(0, 12).Select(i => _bench.RaiseAsync(_bench.Alert($"{i % 3}"))));
        await _bench.RunAsync();

        Assert.Equal(1, await _bench.CountAsync("notice.notice"));
        Assert.Equal(11, await _bench.Database.ScalarAsync<int>("SELECT repeats FROM notice.notice"));
        Assert.Single(await _bench.MailsAsync());
    }

    [Fact]
    public async Task What_an_act_that_failed_had_to_tell_is_never_told()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => _bench.Get<WorkspaceDatabase>().TransactAsync<bool>(_bench.ClientId, transaction =>
        {
            NoticeBoard.Raise(transaction, _bench.Alert(), _bench.Clock.Now);
            throw new InvalidOperationException("The act failed.");
        }, Cancellation));
        await _bench.RunAsync();

        Assert.Equal(0, await _bench.CountAsync("notice.notice"));
        Assert.Equal(0, await _bench.CountAsync("work.job"));
    }

    [Fact]
    public async Task What_concerns_the_installation_reaches_every_workspaces_owners_once()
    {
        (Guid otherId, _) = await _bench.WorkspaceAsync("other", "Other Shop", "omar@other.example");
        await _bench.OwnerAsync(otherId, "ila@other.example");

        await _bench.Get<NoticeBoard>().RaiseEverywhereAsync(_bench.Alert(), Cancellation);
        await _bench.Get<NoticeBoard>().RaiseEverywhereAsync(_bench.Alert(), Cancellation);
        await _bench.RunAsync();

        Assert.Equal(
            ["ila@other.example", "mita@aparajita.example", "omar@other.example"],
            (await _bench.MailsAsync()).SelectMany(mail => mail.To).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_workspaces_notice_reaches_its_own_owners_and_nobody_else()
    {
        await _bench.WorkspaceAsync("other", "Other Shop", "omar@other.example");
        Guid staff = await _bench.Get<Members>().AddAsync(_bench.ClientId, "Debjit Roy", MemberRole.Staff, Actor.Operator, Cancellation);
        await _bench.ChooseAsync(_bench.ClientId, staff, new NoticePreferences { Email = "debjit@aparajita.example" });

        await _bench.RaiseAsync(_bench.Alert());
        await _bench.RunAsync();

        ReceivedMail mail = Assert.Single(await _bench.MailsAsync());
        Assert.Equal(["mita@aparajita.example"], mail.To);
        Assert.Contains("Aparajita Sarees", mail.Subject, StringComparison.Ordinal);
        Assert.DoesNotContain("Other Shop", mail.Source + mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_owner_is_mailed_the_severities_they_chose()
    {
        await _bench.ChooseAsync(_bench.ClientId, _bench.OwnerId, new NoticePreferences { Email = "mita@aparajita.example", WantsWarning = false });

        await _bench.RaiseAsync(_bench.Alert("1") with { Severity = NoticeSeverity.Info });
        await _bench.RaiseAsync(_bench.Alert("2") with { Severity = NoticeSeverity.Warning, Subject = Guid.NewGuid() });
        await _bench.RaiseAsync(_bench.Alert("3"));
        await _bench.RunAsync();

        Assert.StartsWith("Alert: ", Assert.Single(await _bench.MailsAsync()).Subject, StringComparison.Ordinal);
        Assert.Equal(3, await _bench.CountAsync("notice.notice"));
    }

    [Theory]
    [InlineData("asha@customer.example")]
    [InlineData("a\r\nBcc: all@example.org")]
    [InlineData("आशा")]
    public void A_parameter_that_could_be_a_customers_is_refused(string parameter) =>
        Assert.Throws<ArgumentException>(() => _bench.Alert() with { Parameters = [parameter] });
}
