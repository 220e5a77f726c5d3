using System.Net;
using System.Text.Json.Nodes;
using AngleSharp.Dom;
using Munshi.Tests.Dashboard;
using Munshi.Tests.Running;
using Munshi.Tests.Sandbox;

namespace Munshi.Tests.Intake.Deliveries;

public sealed class DeliveriesPageTests(DashboardServer shared) : IClassFixture<DashboardServer>
{
    private const string Page = "/settings/deliveries";

    private static int _customers;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_list_tells_of_each_update_when_it_came_its_kind_its_state_and_leads_to_its_message()
    {
        string customer = NewCustomer();
        JsonObject question = MetaPayload.Text(customer, "Do you take cards?");
        await DeliverAsync(MetaPayload.Messages(question));
        using DashboardVisitor owner = await shared.OwnerAsync();

        VisitedPage list = await owner.GetAsync(Page);
        IElement row = list.Document.QuerySelectorAll("#updates > li").First(li => li.TextContent.Contains("A customer's message", StringComparison.Ordinal));
        string conversation = row.QuerySelector(".beside a")!.GetAttribute("href")!;
        StoredMessage stored = Assert.Single(await shared.Server.MessagesAsync(customer), message => message.Direction == "in");

        Assert.Equal("Stored", row.QuerySelector(".chip")!.TextContent.Trim());
        Assert.Matches("^after \\d+ (ms|s)$", row.QuerySelector(".when")!.TextContent.Trim());
        Assert.NotNull(row.QuerySelector("time")!.GetAttribute("datetime"));
        Assert.Equal($"/inbox/{await shared.Server.ConversationAsync(customer)}#m-{stored.Id}", conversation);
        Assert.Equal(HttpStatusCode.OK, (await owner.GetAsync(conversation)).Status);
        string[] times = [.. list.Document.QuerySelectorAll("#updates time").Select(time => time.GetAttribute("datetime")!)];
        Assert.Equal(times.OrderDescending(), times);
    }

    [Fact]
    public async Task The_list_goes_on_page_by_page_and_shows_nothing_twice()
    {
        await DeliverAsync(MetaPayload.Messages([.. Enumerable.Range(0, 70).Select(i => MetaPayload.Text(NewCustomer(), $"Line {i}"))]));
        using DashboardVisitor owner = await shared.OwnerAsync();
        long all = await CountAsync("true");
        List<string> seen = [];

        VisitedPage page = await owner.GetAsync(Page);
        Assert.Equal(50, page.Document.QuerySelectorAll("#updates > li").Length);
        while (true)
        {
            seen.AddRange(page.Document.QuerySelectorAll("#updates > li > a").Select(link => link.GetAttribute("href")!));
            if (page.Document.QuerySelector("a[rel=next]")?.GetAttribute("href") is not { } next)
            {
                break;
            }

            page = await owner.GetAsync(next);
        }

        Assert.True(seen.Count >= all);
        Assert.Equal(seen.Count, seen.Distinct().Count());
    }

    [Fact]
    public async Task A_filter_shows_what_fits_and_says_when_nothing_does()
    {
        await FailAsync();
        string customer = NewCustomer();
        JsonObject twice = MetaPayload.Text(customer, "Twice");
        await DeliverAsync(MetaPayload.Messages(twice));
        await DeliverAsync(MetaPayload.Messages(twice));
        using DashboardVisitor owner = await shared.OwnerAsync();

        VisitedPage failed = await owner.GetAsync($"{Page}?state=failed&kind=message");
        VisitedPage duplicates = await owner.GetAsync($"{Page}?state=duplicate");
        VisitedPage today = await owner.GetAsync($"{Page}?day={IndianToday():yyyy-MM-dd}&state=duplicate");
        VisitedPage other = await owner.GetAsync($"{Page}?kind=echo&state=stored");
        VisitedPage longAgo = await owner.GetAsync($"{Page}?day=1999-01-01");
        VisitedPage bad = await owner.GetAsync($"{Page}?before=nothing");

        Assert.All(Chips(failed), chip => Assert.Equal("Failed", chip));
        Assert.NotEmpty(Chips(failed));
        Assert.All(failed.Document.QuerySelectorAll("#updates .what"), reason => Assert.Equal("It names no message id, so it could not be told from others.", reason.TextContent));
        Assert.All(Chips(duplicates), chip => Assert.Equal("Duplicate", chip));
        Assert.Equal(await CountAsync("state = 'duplicate'"), Chips(today).Count);
        Assert.Equal("failed", failed.Document.QuerySelector("#state option[selected]")!.GetAttribute("value"));
        Assert.Equal("Nothing that fits", other.Text(".empty h4"));
        Assert.Equal("Nothing that fits", longAgo.Text(".empty h4"));
        Assert.NotNull(longAgo.Document.QuerySelector("#updates-filter a[href='/settings/deliveries']"));
        Assert.Equal(HttpStatusCode.BadRequest, bad.Status);
    }

    [Fact]
    public async Task Failures_are_counted_alike_ones_together()
    {
        await FailAsync();
        await FailAsync();
        using DashboardVisitor owner = await shared.OwnerAsync();
        long failed = await CountAsync("state = 'failed'");

        VisitedPage list = await owner.GetAsync(Page);

        Assert.Equal($"{failed} updates failed", list.Text("#failed-title"));
        IElement group = Assert.Single(list.Document.QuerySelectorAll("#failed li"), li => li.TextContent.Contains("names no message id", StringComparison.Ordinal));
        Assert.StartsWith("A customer's message: ", group.QuerySelector("h4")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_workspace_to_which_nothing_came_sees_nothing_of_the_others()
    {
        await FailAsync();
        Guid theirs = await NewestAsync("true");
        string wamid = await WrittenAsync(NewCustomer());
        using DashboardVisitor other = await shared.OtherOwnerAsync();

        VisitedPage list = await other.GetAsync(Page);
        VisitedPage found = await other.SubmitAsync(list, "#search-form", ("provider-id", wamid));

        Assert.Equal("Nothing has come in yet", list.Text(".empty h4"));
        Assert.Equal("No update has failed.", list.Text("#no-failures"));
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync($"{Page}/{theirs}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await other.PostAsync($"{Page}/{theirs}/replay", [Token(list), new("seen", "0")])).Status);
        Assert.Equal(0, await CountAsync($"id = '{theirs}' AND replays > 0"));
        Assert.Empty(found.Document.QuerySelectorAll("#updates > li"));
        Assert.Null(found.Document.QuerySelector("#found-message"));
    }

    [Fact]
    public async Task Staff_may_not_look_search_or_replay()
    {
        await FailAsync();
        Guid failed = await NewestAsync("state = 'failed'");
        using DashboardVisitor colleague = await shared.ColleagueAsync();
        KeyValuePair<string, string> token = Token(await colleague.GetAsync("/inbox"));

        HttpStatusCode[] answers =
        [
            (await colleague.GetAsync(Page)).Status,
            (await colleague.GetAsync($"{Page}/{failed}")).Status,
            (await colleague.GetAsync($"{Page}/search")).Status,
            (await colleague.PostAsync($"{Page}/search", [token, new("provider-id", "wamid.x")])).Status,
            (await colleague.PostAsync($"{Page}/{failed}/replay", [token, new("seen", "0")])).Status,
            (await colleague.PostAsync($"{Page}/replays", [token, new("id", $"{Guid.NewGuid()}"), new("kind", "message"), new("reason", "no-message-id")])).Status,
        ];

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Forbidden, answer));
        Assert.Equal(0, await CountAsync($"id = '{failed}' AND replays > 0"));
    }

    [Fact]
    public async Task A_form_that_this_server_did_not_make_replays_and_finds_nothing()
    {
        await FailAsync();
        Guid failed = await NewestAsync("state = 'failed'");
        using DashboardVisitor owner = await shared.OwnerAsync();

        Assert.Equal(HttpStatusCode.BadRequest, (await owner.PostAsync($"{Page}/{failed}/replay", [new("seen", "0")])).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await owner.PostAsync($"{Page}/replays", [new("id", $"{Guid.NewGuid()}"), new("kind", "message"), new("reason", "no-message-id")])).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await owner.PostAsync($"{Page}/search", [new("provider-id", "wamid.x")])).Status);
        Assert.Equal(0, await CountAsync($"id = '{failed}' AND replays > 0"));
    }

    [Theory]
    [InlineData("kind", "message'; DROP TABLE x")]
    [InlineData("reason", "%")]
    [InlineData("id", "1")]
    public async Task A_form_with_words_that_cannot_be_is_refused(string field, string value)
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        Dictionary<string, string> form = new() { ["id"] = $"{Guid.NewGuid()}", ["kind"] = "message", ["reason"] = "given-up", [field] = value };
        VisitedPage list = await owner.GetAsync(Page);

        Assert.Equal(HttpStatusCode.BadRequest, (await owner.PostAsync($"{Page}/replays", [Token(list), .. form])).Status);
    }

    [Fact]
    public async Task One_updates_page_has_its_facts_and_what_it_says_encoded()
    {
        string customer = NewCustomer();
        await DeliverAsync(MetaPayload.Messages(MetaPayload.Text(customer, "<script>alert(1)</script> नमस्ते"), MetaPayload.Text(NewCustomer(), "Another part")));
        Guid message = Assert.Single(await shared.Server.MessagesAsync(customer), one => one.Direction == "in").Id;
        Guid update = await NewestAsync($"became = '{message}'");
        using DashboardVisitor owner = await shared.OwnerAsync();

        VisitedPage page = await owner.GetAsync($"{Page}/{update}");

        string facts = page.Text("#facts");
        Assert.Contains("It has 2 parts of this business.", facts, StringComparison.Ordinal);
        Assert.Contains("This one stood in place 1.", facts, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", page.Html, StringComparison.Ordinal);
        string content = page.Text("#content pre");
        Assert.Contains("\n    \"text\": {", content, StringComparison.Ordinal);
        Assert.Contains("<script>alert(1)</script> नमस्ते", content, StringComparison.Ordinal);
        Assert.Equal($"/ledger/of/{message}", page.Document.QuerySelector("#to-ledger")!.GetAttribute("href"));
        Assert.Null(page.Document.QuerySelector("#replay-form"));
        Assert.Null(page.Document.QuerySelector("#job"));
        Assert.Equal(HttpStatusCode.NotFound, (await owner.GetAsync($"{Page}/{Guid.NewGuid()}")).Status);
    }

    [Fact]
    public async Task A_duplicate_leads_to_the_message_that_was_there_already()
    {
        string customer = NewCustomer();
        JsonObject twice = MetaPayload.Text(customer, "Again and again");
        await DeliverAsync(MetaPayload.Messages(twice));
        await DeliverAsync(MetaPayload.Messages(twice));
        Guid message = Assert.Single(await shared.Server.MessagesAsync(customer), one => one.Direction == "in").Id;
        using DashboardVisitor owner = await shared.OwnerAsync();

        VisitedPage page = await owner.GetAsync($"{Page}/{await NewestAsync("state = 'duplicate'")}");

        Assert.EndsWith($"#m-{message}", page.Document.QuerySelector("#to-message")!.GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_no_longer_opens_is_not_shown_and_not_replayed()
    {
        await FailAsync();
        Guid keyGone = await NewestAsync("state = 'failed'");
        await FailAsync();
        Guid altered = await NewestAsync("state = 'failed'");
        await shared.Server.Database.AsSuperuserAsync(
            $"UPDATE intake.update SET key_id = gen_random_uuid() WHERE id = '{keyGone}'; UPDATE intake.update SET body_sealed = '\\x00' WHERE id = '{altered}'");
        using DashboardVisitor owner = await shared.OwnerAsync();

        VisitedPage first = await owner.GetAsync($"{Page}/{keyGone}");
        VisitedPage second = await owner.GetAsync($"{Page}/{altered}");
        VisitedPage forced = await owner.PostAsync($"{Page}/{altered}/replay", [Token(first), new("seen", "0")]);

        Assert.Equal("Its key was destroyed: what it said can no longer be read.", first.Text("#content-lost"));
        Assert.StartsWith("What is stored is not what was received", second.Text("#content-lost"), StringComparison.Ordinal);
        Assert.All([first, second], page => Assert.Null(page.Document.QuerySelector("#replay-form")));
        Assert.Equal($"{Page}/{altered}?done=unopened", forced.Location);
        Assert.Equal(0, await CountAsync($"id = '{altered}' AND replays > 0"));
    }

    [Fact]
    public async Task What_came_of_a_message_that_can_no_longer_be_read_is_not_shown_either()
    {
        string customer = NewCustomer();
        await DeliverAsync(MetaPayload.Messages(MetaPayload.Text(customer, "Forget me")));
        Guid message = Assert.Single(await shared.Server.MessagesAsync(customer), one => one.Direction == "in").Id;
        Guid update = await NewestAsync($"became = '{message}'");
        Guid key = await shared.Server.Database.ScalarAsync<Guid>($"SELECT key_id FROM vault.message WHERE id = '{message}'");
        using DashboardVisitor owner = await shared.OwnerAsync();

        await KeyAsync(message, Guid.NewGuid());
        VisitedPage page = await owner.GetAsync($"{Page}/{update}");
        await KeyAsync(message, key);

        Assert.StartsWith("The message it became can no longer be read", page.Text("#content-lost"), StringComparison.Ordinal);
        Assert.DoesNotContain("Forget me", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_id_leads_to_its_update_its_message_and_to_reports_on_it()
    {
        string customer = NewCustomer();
        string wamid = await WrittenAsync(customer);
        string ours = WamidOf(customer);
        StoredMessage answer = await AnswerAsync(customer);
        await DeliverAsync(MetaPayload.Statuses(MetaPayload.Status(ours, "delivered", customer, answer.Id.ToString())));
        using DashboardVisitor owner = await shared.OwnerAsync();
        VisitedPage list = await owner.GetAsync(Page);

        VisitedPage message = await owner.SubmitAsync(list, "#search-form", ("provider-id", $"  {wamid} "));
        VisitedPage status = await owner.SubmitAsync(list, "#search-form", ("provider-id", ours));

        Assert.Equal((HttpStatusCode.OK, "1 update names it"), (message.Status, message.Text("#found-title")));
        Assert.Equal("A customer's message", message.Text("#updates .act"));
        Assert.NotNull(message.Document.QuerySelector("#found-message a"));
        Assert.Null(message.Location);
        Assert.Equal("What became of a message we sent", status.Text("#updates .act"));
        Assert.EndsWith($"#m-{answer.Id}", status.Document.QuerySelector("#found-message a")!.GetAttribute("href"), StringComparison.Ordinal);
        Assert.All([message, status], page => Assert.DoesNotContain(page.Document.QuerySelectorAll("[href]"), link => link.GetAttribute("href")!.Contains("wamid", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_message_id_without_a_phone_number_leads_to_its_updates_and_says_what_was_not_searched()
    {
        JsonObject question = MetaPayload.Text(NewCustomer(), "Which id is this?");
        await DeliverAsync(MetaPayload.Messages(question));
        using DashboardVisitor owner = await shared.OwnerAsync();

        VisitedPage found = await owner.SubmitAsync(await owner.GetAsync(Page), "#search-form", ("provider-id", (string)question["id"]!));

        Assert.Single(found.Document.QuerySelectorAll("#updates > li"));
        Assert.StartsWith("The id tells no phone number", found.Text("#without-phone"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("%", HttpStatusCode.OK)]
    [InlineData("wamid.%", HttpStatusCode.OK)]
    [InlineData("_", HttpStatusCode.OK)]
    [InlineData("' OR 1=1 --", HttpStatusCode.OK)]
    [InlineData("  ", HttpStatusCode.UnprocessableEntity)]
    [InlineData("x", HttpStatusCode.UnprocessableEntity, 257)]
    [InlineData("x", HttpStatusCode.OK, 256)]
    public async Task A_search_for_what_is_no_id_finds_nothing(string id, HttpStatusCode status, int times = 1)
    {
        await WrittenAsync(NewCustomer());
        using DashboardVisitor owner = await shared.OwnerAsync();

        VisitedPage found = await owner.SubmitAsync(await owner.GetAsync(Page), "#search-form", ("provider-id", string.Concat(Enumerable.Repeat(id, times))));

        Assert.Equal(status, found.Status);
        Assert.Empty(found.Document.QuerySelectorAll("#updates > li"));
        Assert.Equal(status == HttpStatusCode.OK, found.Document.QuerySelector("#provider-id-problem") is null);
    }

    [Fact]
    public async Task The_address_of_a_search_leads_back_to_the_list()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();

        Assert.Equal(Page, (await owner.GetAsync($"{Page}/search")).Location);
    }

    [Fact]
    public async Task No_provider_id_stands_in_the_database_in_the_clear()
    {
        string wamid = await WrittenAsync(NewCustomer());

        string rows = await shared.Server.Database.ScalarAsync<string>("SELECT string_agg(u::text || encode(u.body_sealed, 'escape') || encode(coalesce(u.reference, ''), 'escape'), ' ') FROM intake.update u");

        Assert.DoesNotContain(wamid, rows, StringComparison.Ordinal);
        Assert.True(await CountAsync("kind = 'message' AND reference IS NOT NULL AND sorted_at IS NOT NULL") > 0);
    }

    [Fact]
    public async Task Deliveries_of_which_something_could_not_be_used_are_told_to_the_owner_of_the_app()
    {
        using MetaClient meta = new(shared.Server.Webhook, RunningServer.AppSecret);
        await meta.DeliverAsync("{\"object\":"u8.ToArray(), Cancellation);
        await meta.DeliverAsync(MetaPayload.Messages("999999999999999", MetaPayload.Text(NewCustomer(), "For a number not connected")), Cancellation);
        await shared.Server.SettledAsync();
        using DashboardVisitor owner = await shared.OwnerAsync();
        using DashboardVisitor other = await shared.OtherOwnerAsync();

        string[] problems = [.. (await owner.GetAsync(Page)).Document.QuerySelectorAll("#problems li").Select(li => li.TextContent)];

        Assert.Contains(problems, problem => problem.Contains("not in the form that Meta describes", StringComparison.Ordinal));
        Assert.Contains(problems, problem => problem.Contains("a business number that is not connected here", StringComparison.Ordinal) && problem.Contains("1 update", StringComparison.Ordinal));
        Assert.Null((await other.GetAsync(Page)).Document.QuerySelector("#problems"));
    }

    [Theory]
    [InlineData("hi", "विफल", "ग्राहक का संदेश")]
    [InlineData("bn", "ব্যর্থ", "গ্রাহকের বার্তা")]
    public async Task State_and_kind_are_told_in_the_readers_language(string language, string failed, string message)
    {
        await FailAsync();
        using DashboardVisitor owner = await shared.OwnerAsync();

        VisitedPage list = await owner.GetAsync($"{Page}?lang={language}&state=failed");

        Assert.Equal((failed, message), (list.Text("#updates .chip"), list.Text("#updates .act")));
    }

    [Fact]
    public async Task Settings_and_palette_lead_there()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();

        VisitedPage channels = await owner.GetAsync("/settings/channels");

        Assert.NotNull(channels.Document.QuerySelector($"nav.sections a[href='{Page}']"));
        Assert.Equal(Page, channels.Document.QuerySelector("#p-go-deliveries")!.GetAttribute("data-go"));
    }

    internal static string NewCustomer() => $"91900000{Interlocked.Increment(ref _customers) + 4000}";

    /// <summary>An id in Meta's form: a header, the customer's digits and something of its own.</summary>
    internal static string WamidOf(string customer) => "wamid." + Convert.ToBase64String(
        [0x1C, 0x18, (byte)customer.Length, .. System.Text.Encoding.ASCII.GetBytes(customer), 0x15, 0x02, 0x00, 0x12, .. Guid.NewGuid().ToByteArray()]);

    private static DateOnly IndianToday() => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(TimeProvider.System.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById("Asia/Kolkata")).DateTime);

    private static List<string> Chips(VisitedPage page) => [.. page.Document.QuerySelectorAll("#updates .chip").Select(chip => chip.TextContent.Trim())];

    private static KeyValuePair<string, string> Token(VisitedPage page) =>
        new("form-token", page.Document.QuerySelector("#sign-out input[name=form-token]")!.GetAttribute("value")!);

    private async Task<string> WrittenAsync(string customer)
    {
        JsonObject question = MetaPayload.Text(customer, "What are your timings?");
        string wamid = WamidOf(customer);
        question["id"] = wamid;
        await DeliverAsync(MetaPayload.Messages(question));
        return wamid;
    }

    private async Task<StoredMessage> AnswerAsync(string customer)
    {
        await Eventually.TrueAsync(async () => (await shared.Server.MessagesAsync(customer)).Any(message => message.Direction == "out"));
        return (await shared.Server.MessagesAsync(customer)).First(message => message.Direction == "out");
    }

    /// <summary>Something that can never be stored: a message without an id.</summary>
    private Task FailAsync()
    {
        JsonObject message = MetaPayload.Text(NewCustomer(), "Nameless");
        message.Remove("id");
        return DeliverAsync(MetaPayload.Messages(message));
    }

    private async Task DeliverAsync(byte[] body)
    {
        using MetaClient meta = new(shared.Server.Webhook, RunningServer.AppSecret);
        Assert.Equal(HttpStatusCode.OK, await meta.DeliverAsync(body, Cancellation));
        await shared.Server.SettledAsync();
    }

    /// <summary>As if the message's own key were destroyed.</summary>
    private Task KeyAsync(Guid message, Guid key) => shared.Server.Database.AsSuperuserAsync(
        $"""
        BEGIN;
        ALTER TABLE vault.message DISABLE TRIGGER immutable;
        ALTER TABLE vault.message DROP CONSTRAINT IF EXISTS message_client_id_key_id_fkey;
        UPDATE vault.message SET key_id = '{key}' WHERE id = '{message}';
        ALTER TABLE vault.message ENABLE ALWAYS TRIGGER immutable;
        COMMIT
        """);

    private Task<Guid> NewestAsync(string condition) => shared.Server.Database.ScalarAsync<Guid>(
        $"SELECT id FROM intake.update WHERE {condition} ORDER BY received_at DESC, settled_at DESC LIMIT 1");

    private Task<long> CountAsync(string condition) => shared.Server.Database.ScalarAsync<long>($"SELECT count(*) FROM intake.update WHERE {condition}");
}
