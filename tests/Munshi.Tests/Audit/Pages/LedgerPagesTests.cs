using System.Diagnostics;
using System.Globalization;
using System.Net;
using AngleSharp.Dom;
using Munshi.Database;
using Munshi.Tests.Dashboard;
using Munshi.Tests.Running;
using Munshi.Tests.Sandbox;

namespace Munshi.Tests.Audit.Pages;

public sealed class LedgerPagesTests(DashboardServer dashboard) : IClassFixture<DashboardServer>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_log_is_a_list_that_names_nobody_and_leads_to_every_entry()
    {
        await SignedMessageAsync();
        using DashboardVisitor owner = await dashboard.OwnerAsync();

        VisitedPage list = await owner.GetAsync("/ledger");

        IElement[] rows = [.. list.Document.QuerySelectorAll("#entries > li > a")];
        Assert.NotEmpty(rows);
        Assert.Contains(rows, row => row.QuerySelector(".act")!.TextContent == "A message came in" && row.QuerySelector(".chip")!.TextContent == "Customer");
        Assert.DoesNotContain("customer:", list.Html, StringComparison.Ordinal);
        long[] numbers = [.. rows.Select(row => long.Parse(row.QuerySelector(".number")!.TextContent, CultureInfo.InvariantCulture))];
        Assert.Equal(numbers.OrderDescending(), numbers);
        Assert.Equal(numbers.Select(number => $"/ledger/entries/{number}"), rows.Select(row => row.GetAttribute("href")));
        Assert.Equal("page", list.Document.QuerySelector(".rail a[href='/ledger']")!.GetAttribute("aria-current"));
        Assert.NotNull(list.Document.QuerySelector("a.chip.ledger[href='/ledger']"));
    }

    [Fact]
    public async Task An_entry_on_what_became_of_a_message_says_what()
    {
        await SignedMessageAsync();
        using DashboardVisitor owner = await dashboard.OwnerAsync();

        await Eventually.TrueAsync(async () => (await owner.GetAsync("/ledger")).Document.QuerySelectorAll("#entries .act")
            .Any(act => act.TextContent is "WhatsApp told of a message: Delivered" or "WhatsApp told of a message: Read"));
    }

    [Fact]
    public async Task Filters_take_what_they_name_and_hostile_ones_show_all()
    {
        await SignedMessageAsync();
        using DashboardVisitor owner = await dashboard.OwnerAsync();

        VisitedPage customers = await owner.GetAsync("/ledger?actor=customer");
        VisitedPage settings = await owner.GetAsync("/ledger?group=settings&actor=customer");
        VisitedPage longAgo = await owner.GetAsync("/ledger?day=1999-01-01");
        VisitedPage hostile = await owner.GetAsync($"/ledger?group={Uri.EscapeDataString("\"><script>alert(1)</script>")}&actor=7&day=31-31-31");

        Assert.All(customers.Document.QuerySelectorAll("#entries .chip"), chip => Assert.Equal("Customer", chip.TextContent));
        Assert.Equal("customer", customers.Document.QuerySelector("#actor option[selected]")!.GetAttribute("value"));
        Assert.NotNull(settings.Document.QuerySelector(".empty"));
        Assert.NotNull(longAgo.Document.QuerySelector(".empty"));
        Assert.Equal(HttpStatusCode.OK, hostile.Status);
        Assert.NotEmpty(hostile.Document.QuerySelectorAll("#entries li"));
        Assert.DoesNotContain("alert(1)", hostile.Html.Split("<main")[1], StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await owner.GetAsync("/ledger?before=x")).Status);
        Assert.NotNull((await owner.GetAsync("/ledger?before=-5")).Document.QuerySelector(".empty"));
    }

    [Fact]
    public async Task A_messages_link_leads_to_its_entry_whose_proof_ends_at_the_signed_root()
    {
        Guid message = await SignedMessageAsync();
        using DashboardVisitor owner = await dashboard.OwnerAsync();

        VisitedPage found = await owner.GetAsync($"/ledger/of/{message}");
        VisitedPage entry = await owner.GetAsync(found.Location!);

        Assert.Equal(HttpStatusCode.Found, found.Status);
        Assert.Equal("Signed", entry.Text("#signed .state"));
        Assert.Contains(entry.Document.QuerySelectorAll("#leaf dt"), line => line.TextContent == $"object message:{message}");
        Assert.Equal(10, entry.Document.QuerySelectorAll("#leaf dt").Length);
        string row = entry.Text("#row-hash");
        Assert.Equal(row, entry.Text("#steps li:first-child code"));
        Assert.Equal(entry.Text("#tree-root"), entry.Document.QuerySelectorAll("#steps code").Reverse().Skip(1).First().TextContent);
        Assert.Equal(row[..8] + "…", entry.Document.QuerySelector(".proof-tree rect.own + text")!.TextContent);
        Guid conversation = await dashboard.Server.Database.ScalarAsync<Guid>($"SELECT conversation_id FROM vault.message WHERE id = '{message}'");
        Assert.NotNull(entry.Document.QuerySelector($"a[href='/inbox/{conversation}#m-{message}']"));
        Assert.NotNull((await owner.GetAsync($"/inbox/{conversation}")).Document.QuerySelector($"#m-{message} .meta a[href='/ledger/of/{message}'][aria-label=Proof]"));
    }

    [Fact]
    public async Task The_line_to_check_by_hand_prints_the_row_hash_from_the_downloaded_file()
    {
        Guid message = await SignedMessageAsync();
        using DashboardVisitor owner = await dashboard.OwnerAsync();
        VisitedPage entry = await owner.GetAsync((await owner.GetAsync($"/ledger/of/{message}")).Location!);
        string folder = Directory.CreateTempSubdirectory("munshi-test-by-hand-").FullName;
        using HttpResponseMessage file = await owner.Http.GetAsync(entry.Document.QuerySelector("a[href$='/proof'][download]")!.GetAttribute("href"), Cancellation);
        await File.WriteAllBytesAsync(Path.Combine(folder, file.Content.Headers.ContentDisposition!.FileName!.Trim('"')), await file.Content.ReadAsByteArrayAsync(Cancellation), Cancellation);

        string printed = await RunAsync(folder, entry.Text("#check-hash"));
        await RunAsync(folder, entry.Text("#check-note").Split('\n')[0]);

        Assert.Equal($"{entry.Text("#row-hash")}  -", printed.Trim());
        Assert.Contains($"/w/{dashboard.Server.ClientId}\n", await File.ReadAllTextAsync(Path.Combine(folder, "checkpoint.txt"), Cancellation), StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Another_workspaces_entries_messages_and_checkpoints_are_not_there()
    {
        Guid message = await SignedMessageAsync();
        using DashboardVisitor other = await dashboard.OtherOwnerAsync();
        using DashboardVisitor nobody = dashboard.NewVisitor();
        long beyond = await dashboard.Server.Database.ScalarAsync<long>($"SELECT max(seq) FROM ledger.entry WHERE client_id = '{dashboard.OtherClientId}'") + 1000;

        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync($"/ledger/of/{message}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync($"/ledger/entries/{beyond}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync($"/ledger/entries/{long.MaxValue}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync("/ledger/entries/x")).Status);
        Assert.DoesNotContain($"{dashboard.Server.ClientId}", (await other.GetAsync("/ledger/checkpoints")).Html, StringComparison.Ordinal);
        Assert.DoesNotContain($"{dashboard.Server.ClientId}", (await other.GetAsync("/ledger/entries/0")).Html, StringComparison.Ordinal);
        foreach (string path in (string[])["/ledger", "/ledger/entries/0", "/ledger/checkpoints", "/ledger/verifications"])
        {
            Assert.DoesNotContain("log-key", (await nobody.GetAsync(path)).Html, StringComparison.Ordinal);
            Assert.NotEqual(HttpStatusCode.OK, (await nobody.GetAsync(path)).Status);
        }
    }

    [Fact]
    public async Task Checkpoints_say_plainly_that_no_witness_looked_on_and_give_the_keys()
    {
        await SignedMessageAsync();
        using DashboardVisitor owner = await dashboard.OwnerAsync();

        (VisitedPage page, VisitedPage file) = (null!, null!);
        await Eventually.TrueAsync(async () =>
        {
            page = await owner.GetAsync("/ledger/checkpoints");
            file = await owner.GetAsync("/ledger/checkpoints/newest");
            return page.Document.QuerySelector("#note")?.TextContent == file.Html; // one may be signed between the two
        });
        Assert.Equal("Not met: no witness has cosigned", page.Text("#no-witness .state"));
        Assert.NotEmpty(page.Document.QuerySelectorAll("#of-log > li"));
        Assert.NotEmpty(page.Document.QuerySelectorAll("#of-instance > li"));
        string key = page.Document.QuerySelector("#log-key")!.GetAttribute("value")!;
        Assert.Contains($"/w/{dashboard.Server.ClientId}+", key, StringComparison.Ordinal);
        Assert.Contains($"note verify --key '{key}'", page.Html.Replace("&#x2B;", "+", StringComparison.Ordinal).Replace("&#x27;", "'", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verification_history_tells_of_ones_own_log_and_no_more_than_that_of_others()
    {
        await VerifiedAsync("full", 0, null, null, null);
        await VerifiedAsync("full", 1, dashboard.Server.ClientId, 3, "<b>expected</b>");
        using DashboardVisitor owner = await dashboard.OwnerAsync();
        using DashboardVisitor other = await dashboard.OtherOwnerAsync();

        VisitedPage own = await owner.GetAsync("/ledger/verifications");
        VisitedPage others = await other.GetAsync("/ledger/verifications");

        Assert.Contains("An entry or its hash was changed", own.Text("#verifications .what"), StringComparison.Ordinal);
        Assert.Contains("<b>expected</b>", own.Text("#verifications .what"), StringComparison.Ordinal);
        Assert.NotNull(own.Document.QuerySelector("#verifications a[href='/ledger/entries/3']"));
        Assert.DoesNotContain("not within", own.Text("#last-good > div:first-child"), StringComparison.Ordinal);
        Assert.Equal("The first difference is in another workspace of this installation.", others.Text("#verifications .what"));
        Assert.DoesNotContain($"{dashboard.Server.ClientId}", others.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("expected", others.Text("#verifications"), StringComparison.Ordinal);
    }

    private async Task<Guid> SignedMessageAsync()
    {
        using SandboxPhone phone = dashboard.NewPhone();
        await phone.AskAsync("What are your timings?", Cancellation);
        Guid message = await dashboard.Server.Database.ScalarAsync<Guid>($"SELECT id FROM vault.message WHERE client_id = '{dashboard.Server.ClientId}' AND direction = 'in' ORDER BY received_at DESC LIMIT 1");
        await Eventually.TrueAsync(async () => await dashboard.Server.Database.ScalarAsync<long>($"SELECT count(*) FROM ledger.place WHERE object = '{message}'") > 0);
        return message;
    }

    private Task<int> VerifiedAsync(string scope, int findings, Guid? log, long? seq, string? expected) => dashboard.Server.Get<Databases>().Audit.ExecuteAsync(
        [
            new Statement(
                """
                INSERT INTO ledger.verification (id, at, scope, entries, findings, log, seq, kind, expected, found)
                VALUES (gen_random_uuid(), now(), $1, 10, $2, $3, $4, $5, $6, 'found')
                """)
                .Text(scope).Long(findings).Uuid(log).Long(seq).Text(findings > 0 ? nameof(Munshi.Audit.FindingKind.RowHash) : null).Text(expected),
        ],
        Cancellation);

    private static async Task<string> RunAsync(string folder, string line)
    {
        using Process shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", line]) { WorkingDirectory = folder, RedirectStandardOutput = true })!;
        string printed = await shell.StandardOutput.ReadToEndAsync(Cancellation);
        await shell.WaitForExitAsync(Cancellation);
        Assert.Equal(0, shell.ExitCode);
        return printed;
    }
}
