using System.Net;
using System.Net.Http.Json;
using Munshi.Notices;
using Munshi.Sandbox.Mail;
using Munshi.Tests.Dashboard;
using Munshi.Tests.Sandbox;

namespace Munshi.Tests.Notices;

public sealed class NoticesPageTests(DashboardServer shared) : IClassFixture<DashboardServer>
{
    private const string Page = "/settings/notices";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_owner_gives_an_address_asks_for_a_test_mail_and_sees_that_it_was_sent()
    {
        using DashboardVisitor owner = await shared.OtherOwnerAsync();
        VisitedPage first = await owner.GetAsync(Page);

        VisitedPage saved = await owner.SubmitAsync(
            first, "#notice-settings", ("email", "omar@other.example"), ("language", "bn"), ("zone", "Asia/Dhaka"), ("quiet-from", "00:00"), ("quiet-until", "23:59"));
        VisitedPage kept = await owner.GetAsync(saved.Location!);
        VisitedPage asked = await owner.SubmitAsync(kept, "#test-mail");
        await Eventually.TrueAsync(async () => (await owner.GetAsync(Page)).Html.Contains("Omar Other</bdi>: sent", StringComparison.Ordinal));

        Assert.Equal("You have given no e-mail address", first.Text(".note.info .state"));
        Assert.Null(first.Document.QuerySelector("#test-mail"));
        Assert.Equal("Your settings are kept", kept.Text(".note.ok .state"));
        Assert.Equal("omar@other.example", kept.Document.QuerySelector("#email")!.GetAttribute("value"));
        Assert.Equal("00:00", kept.Document.QuerySelector("#quiet-from")!.GetAttribute("value"));
        Assert.Equal($"{Page}?done=test", asked.Location);
        using HttpClient sandbox = new() { BaseAddress = shared.Server.SandboxAddress };
        ReceivedMail mail = (await sandbox.GetFromJsonAsync<ReceivedMail[]>("mail/messages", Cancellation))!.Single(one => one.To.Contains("omar@other.example"));
        Assert.Equal("পরীক্ষামূলক ইমেল – Other Shop", mail.Subject);
        Assert.DoesNotContain("omar@other.example", await StoredAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_kept_comes_back_with_the_field_named()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();

        VisitedPage refused = await owner.SubmitAsync(
            await owner.GetAsync(Page), "#notice-settings", ("email", "Mita <a@b.example>"), ("zone", "Mars/Base"), ("quiet-from", "22:00"), ("quiet-until", ""));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Equal(3, refused.Document.QuerySelectorAll(".problem[role=alert]").Length);
        Assert.Equal("true", refused.Document.QuerySelector("#email")!.GetAttribute("aria-invalid"));
        Assert.Equal("Mita <a@b.example>", refused.Document.QuerySelector("#email")!.GetAttribute("value"));
        Assert.Equal(0, await shared.Server.Database.ScalarAsync<long>($"SELECT count(*) FROM notice.recipient WHERE client_id = '{shared.Server.ClientId}'"));
    }

    [Fact]
    public async Task Only_owners_enter_and_another_workspaces_notices_are_not_shown()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        using DashboardVisitor other = await shared.OtherOwnerAsync();
        using DashboardVisitor colleague = await shared.ColleagueAsync();
        await shared.Server.Get<NoticeBoard>().RaiseAsync(
            shared.Server.ClientId,
            new Notice { Severity = NoticeSeverity.Alert, Kind = "ledger-broken", Subject = shared.Server.ClientId, DedupKey = "7", Parameters = ["shop", "7", "aa", "bb"] },
            Cancellation);
        VisitedPage inbox = await colleague.GetAsync("/inbox");
        Dictionary<string, string> forged = new()
        {
            ["form-token"] = inbox.Document.QuerySelector("#sign-out input[name=form-token]")!.GetAttribute("value")!,
            ["zone"] = "Asia/Kolkata",
        };

        Assert.Contains("The ledger was changed at entry 7", (await owner.GetAsync(Page)).Html, StringComparison.Ordinal);
        Assert.DoesNotContain("The ledger was changed", (await other.GetAsync(Page)).Html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await colleague.GetAsync(Page)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await colleague.PostAsync(Page, forged)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await colleague.PostAsync($"{Page}/test", forged)).Status);
    }

    [Fact]
    public async Task Older_notices_stand_on_further_pages_and_a_broken_cursor_is_refused()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        await shared.Server.Database.AsSuperuserAsync(
            $"""
            INSERT INTO notice.notice (client_id, id, severity, kind, subject, dedup_key, parameters, raised_at, last_at)
            SELECT '{shared.Server.ClientId}', gen_random_uuid(), 'info', 'test', '{shared.Server.ClientId}', i::text, ARRAY[]::text[], now() - i * interval '1 day', now()
            FROM generate_series(1, 60) i
            """);

        VisitedPage newest = await owner.GetAsync(Page);
        VisitedPage older = await owner.GetAsync(newest.Document.QuerySelector("[rel=next]")!.GetAttribute("href")!);

        Assert.Equal(50, newest.Document.QuerySelectorAll("#notices > li").Length);
        Assert.InRange(older.Document.QuerySelectorAll("#notices > li").Length, 10, 12);
        Assert.Null(older.Document.QuerySelector("[rel=next]"));
        Assert.Equal(HttpStatusCode.BadRequest, (await owner.GetAsync($"{Page}?before=x")).Status);
    }

    [Fact]
    public async Task Readiness_tells_whether_mail_is_set_up()
    {
        using HttpClient http = new() { BaseAddress = shared.Server.Address };
        string json = await http.GetStringAsync("readyz", Cancellation);

        Assert.Contains("\"mail\":\"set-up\"", json, StringComparison.Ordinal);
    }

    /// <summary>Everything of the recipients' rows, as a dump would hold it.</summary>
    private Task<string> StoredAsync() => shared.Server.Database.ScalarAsync<string>("SELECT string_agg(r::text || encode(email_sealed, 'escape'), ' ') FROM notice.recipient r");
}
