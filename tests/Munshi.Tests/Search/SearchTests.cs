using System.Net;
using System.Text.Json.Nodes;
using Munshi.Tests.Dashboard;
using Munshi.Tests.Running;
using Munshi.Tests.Sandbox;
using Munshi.Vault.Labels;

namespace Munshi.Tests.Search;

/// <summary>What people find on the search page.</summary>
public sealed class SearchTests(DashboardServer shared) : IClassFixture<DashboardServer>
{
    private static int _customers;

    private readonly string _customer = $"91900001{Interlocked.Increment(ref _customers) + 4000}";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private RunningServer Server => shared.Server;

    [Theory]
    [InlineData("Is the peacockblue dupatta here?", "peacockblu", "peacockblue")]
    [InlineData("क्या मोरपंखी दुपट्टा है?", "मोरपंखी", "मोरपंखी")]
    [InlineData("ময়ূরকণ্ঠী শাড়িটা আছে?", "ময়ূরকণ্ঠী", "ময়ূরকণ্ঠী")]
    [InlineData("மயில்வண்ணம் புடவை உள்ளதா?", "மயில்வ", "மயில்வண்ணம்")]
    [InlineData("morpankhiwala dupattaa chahiye", "dupatta morpan", "morpankhiwala")]
    [InlineData("Is the turmericyellow dupatta here?", "turmeri", "turmericyellow")]
    [InlineData("Is the mustardyellow dupatta here?", "mustardy", "mustardyellow")]
    [InlineData("Is the marigoldorange dupatta here?", "marigoldo", "marigoldorange")]
    public async Task Words_and_their_beginnings_are_found_and_marked(string text, string sought, string marked)
    {
        await WriteAsync(text);
        using DashboardVisitor owner = await shared.OwnerAsync();

        VisitedPage page = await owner.UntilFoundAsync(sought);

        Assert.Equal([text], page.Hits());
        Assert.Equal(marked, page.Marks()[0]);
    }

    [Fact]
    public async Task Words_in_quotation_marks_are_found_side_by_side_only()
    {
        await WriteAsync("a vermilion umbrella");
        await WriteAsync("an umbrella, vermilion");
        using DashboardVisitor owner = await shared.OwnerAsync();
        await owner.UntilFoundAsync("vermilion umbrella", hits: 2);

        Assert.Equal(["a vermilion umbrella"], (await owner.GetAsync(SearchedServer.Url("\"vermilion umbrella\""))).Hits());
    }

    [Fact]
    public async Task A_person_is_found_by_name_and_by_part_of_the_number()
    {
        using SandboxPhone phone = new(Server, _customer);
        await phone.WriteAsync(new { text = "hello there", name = "Xanthippe Wintergreen (example)" }, Cancellation);
        using DashboardVisitor owner = await shared.OwnerAsync();
        await Eventually.TrueAsync(async () => (await owner.GetAsync(SearchedServer.Url("xanth"))).People().Length == 1);

        VisitedPage byNumber = await owner.GetAsync(SearchedServer.Url($"{_customer[2..7]} {_customer[7..]}"));
        VisitedPage byPart = await owner.GetAsync(SearchedServer.Url(_customer[^5..]));

        Assert.Equal(["Xanthippe Wintergreen (example)"], byNumber.People());
        Assert.Contains("Xanthippe Wintergreen (example)", byPart.People());
        Assert.DoesNotContain(_customer[2..], byNumber.Document.QuerySelector(".found")!.TextContent, StringComparison.Ordinal);
        Assert.Equal($"/inbox/{await Server.ConversationAsync(_customer)}", byNumber.Link(".found a"));
    }

    [Fact]
    public async Task Who_is_named_anew_is_found_by_the_new_name()
    {
        using SandboxPhone phone = new(Server, _customer);
        await phone.WriteAsync(new { text = "hello", name = "Ottoline Marchbanks" }, Cancellation);
        using DashboardVisitor owner = await shared.OwnerAsync();
        await Eventually.TrueAsync(async () => (await owner.GetAsync(SearchedServer.Url("ottoline"))).People().Length == 1);

        await phone.WriteAsync(new { text = "hello again", name = "Peregrine Marchbanks" }, Cancellation);
        await Eventually.TrueAsync(async () => (await owner.GetAsync(SearchedServer.Url("peregrine"))).People().Length == 1);

        Assert.Empty((await owner.GetAsync(SearchedServer.Url("ottoline"))).People());
    }

    [Fact]
    public async Task A_file_is_found_by_its_name()
    {
        using SandboxPhone phone = new(Server, _customer);
        await phone.SendAsync("zephyrine-quotation.pdf", "application/pdf", "%PDF-1.4 example"u8.ToArray(), Cancellation);
        using DashboardVisitor owner = await shared.OwnerAsync();

        VisitedPage page = await owner.UntilFoundAsync("zephyrine");

        Assert.Equal(["zephyrine-quotation.pdf"], page.Hits());
    }

    [Fact]
    public async Task A_place_and_a_card_are_found_by_what_stands_on_them()
    {
        await DeliverAsync(MetaPayload.Message(_customer, "location", new JsonObject { ["latitude"] = 22.5, ["longitude"] = 88.3, ["name"] = "Quillfeather Market", ["address"] = "9 Example Lane" }));
        using DashboardVisitor owner = await shared.OwnerAsync();

        Assert.Contains("Quillfeather", (await owner.UntilFoundAsync("quillf")).Marks());
    }

    [Fact]
    public async Task Filters_leave_what_they_name()
    {
        await WriteAsync("a harlequin order");
        using SandboxPhone other = shared.NewPhone();
        await other.WriteAsync(new { text = "another harlequin order" }, Cancellation);
        using SandboxPhone phone = new(Server, _customer);
        await phone.SendAsync("harlequin.pdf", "application/pdf", "%PDF-1.4 example"u8.ToArray(), Cancellation);
        using DashboardVisitor owner = await shared.OwnerAsync();
        VisitedPage all = await owner.UntilFoundAsync("harlequin", hits: 3);
        Guid conversation = await Server.ConversationAsync(_customer);
        Guid person = await Server.Database.ScalarAsync<Guid>($"SELECT contact_id FROM vault.conversation WHERE id = '{conversation}'");
        string today = $"{TimeProvider.System.GetUtcNow().AddHours(5.5):yyyy-MM-dd}";
        string tomorrow = $"{TimeProvider.System.GetUtcNow().AddHours(5.5).AddDays(1):yyyy-MM-dd}";
        Guid number = await Server.Database.ScalarAsync<Guid>("SELECT id FROM channel.number LIMIT 1");
        Label label = new(Guid.CreateVersion7(), "wholesale", "blue");
        await Server.Get<LabelBook>().MakeAsync(Server.ClientId, label, Server.OwnerId, Cancellation);
        await Server.Get<ConversationLabels>().AddAsync(Server.ClientId, conversation, label.Id, Server.OwnerId, Cancellation);

        async Task<int> CountAsync(string filter) => (await owner.GetAsync(SearchedServer.Url("harlequin", filter))).Hits().Length;

        Assert.Equal(3, all.Hits().Length);
        Assert.Equal(2, await CountAsync($"&person={person}"));
        Assert.Equal(0, await CountAsync($"&person={Guid.NewGuid()}"));
        Assert.Equal(2, await CountAsync($"&label={label.Id}"));
        Assert.Equal(0, await CountAsync($"&label={Guid.NewGuid()}"));
        Assert.Equal("wholesale", (await owner.GetAsync(SearchedServer.Url("harlequin", $"&label={label.Id}"))).Text("#search-label option[selected]"));
        Assert.Equal(1, await CountAsync("&kind=documents"));
        Assert.Equal(2, await CountAsync("&kind=words"));
        Assert.Equal(3, await CountAsync("&side=customers"));
        Assert.Equal(0, await CountAsync("&side=ours"));
        Assert.Equal(3, await CountAsync($"&from={today}&to={today}"));
        Assert.Equal(0, await CountAsync($"&from={tomorrow}"));
        Assert.Equal(0, await CountAsync("&to=2020-01-01"));
        Assert.Equal(3, await CountAsync($"&number={number}"));
        Assert.Equal(0, await CountAsync($"&number={Guid.NewGuid()}"));
        Assert.Equal(3, await CountAsync("&kind=nonsense&from=yesterday"));
    }

    [Fact]
    public async Task Nothing_of_another_workspace_is_found()
    {
        await WriteAsync("an otherworldly armadillo");
        using DashboardVisitor owner = await shared.OwnerAsync();
        using DashboardVisitor other = await shared.OtherOwnerAsync();
        VisitedPage found = await owner.UntilFoundAsync("otherworldly");

        VisitedPage elsewhere = await other.GetAsync(SearchedServer.Url("otherworldly"));
        VisitedPage opened = await other.GetAsync(found.Link(".hit a"));

        Assert.Empty(elsewhere.Hits());
        Assert.Empty((await other.GetAsync(SearchedServer.Url(_customer[2..]))).People());
        Assert.Equal(HttpStatusCode.NotFound, opened.Status);
    }

    [Fact]
    public async Task An_edited_message_is_found_by_its_newest_words_and_by_those_before()
    {
        using SandboxPhone phone = new(Server, _customer);
        string id = await phone.WriteAsync(new { text = "the crimsonite one" }, Cancellation);
        using DashboardVisitor owner = await shared.OwnerAsync();
        await owner.UntilFoundAsync("crimsonite");

        await phone.WriteAsync(new { edit = new { messageId = id, text = "the indigoish one" } }, Cancellation);
        VisitedPage newest = await owner.UntilFoundAsync("indigoish");
        VisitedPage earlier = await owner.GetAsync(SearchedServer.Url("crimsonite"));

        Assert.Equal(["the indigoish one"], newest.Hits());
        Assert.Equal(["the crimsonite one"], earlier.Hits());
        Assert.Equal(newest.Link(".hit a"), earlier.Link(".hit a"));
    }

    [Fact]
    public async Task A_message_that_was_deleted_is_not_found()
    {
        using SandboxPhone phone = new(Server, _customer);
        string id = await phone.WriteAsync(new { text = "an unfortunate obloquy" }, Cancellation);
        using DashboardVisitor owner = await shared.OwnerAsync();
        await owner.UntilFoundAsync("obloquy");

        await phone.WriteAsync(new { revoke = new { messageId = id } }, Cancellation);
        await Server.SettledAsync();

        Assert.Empty((await owner.GetAsync(SearchedServer.Url("obloquy"))).Hits());
        await owner.CaughtUpAsync(Server, _customer);
        Assert.Empty((await owner.GetAsync(SearchedServer.Url("obloquy"))).Hits());
    }

    [Fact]
    public async Task What_is_found_is_shown_as_text_whatever_it_is()
    {
        await WriteAsync("<script>alert(1)</script><img src=x onerror=alert(2)> quizzaciously & <b>bold</b>");
        using DashboardVisitor owner = await shared.OwnerAsync();

        VisitedPage page = await owner.UntilFoundAsync("script quizzaciously");
        VisitedPage asked = await owner.GetAsync(SearchedServer.Url("\"><script>alert(3)</script>"));

        Assert.Contains("&lt;<mark>script</mark>&gt;alert(1)", page.Html, StringComparison.Ordinal);
        Assert.Null(page.Document.QuerySelector(".hit-text script, .hit-text img, .hit-text b"));
        Assert.DoesNotContain("<script>alert", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", asked.Html, StringComparison.Ordinal);
        Assert.Equal("\"><script>alert(3)</script>", asked.Document.QuerySelector("#search-text")!.GetAttribute("value"));
    }

    [Theory]
    [InlineData(100, 3)]
    [InlineData(1, 5_000)]
    public async Task Too_many_words_or_letters_are_refused_with_a_sentence(int words, int letters)
    {
        using DashboardVisitor owner = await shared.OwnerAsync();

        VisitedPage page = await owner.GetAsync(SearchedServer.Url(string.Join(' ', Enumerable.Repeat(new string('a', letters), words))));

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Contains("at most 12 words and 200 letters", page.Text("[role=alert]"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "What are you looking for?")]
    [InlineData("?!", "There is no word or number to search for")]
    [InlineData("nothing-is-called-so", "fewer words")]
    public async Task Where_nothing_is_shown_the_page_says_why(string sought, string sentence)
    {
        using DashboardVisitor owner = await shared.OwnerAsync();

        Assert.Contains(sentence, (await owner.GetAsync(SearchedServer.Url(sought))).Text(".empty"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Older_results_follow_without_gap_or_repetition()
    {
        await DeliverAsync([.. Enumerable.Range(0, 45).Select(i => MetaPayload.Text(_customer, $"marigoldine number{i}"))]);
        using DashboardVisitor owner = await shared.OwnerAsync();
        await owner.CaughtUpAsync(Server, _customer);

        List<string> all = [];
        for (string? url = SearchedServer.Url("marigoldine"); url is not null;)
        {
            VisitedPage page = await owner.GetAsync(url);
            all.AddRange(page.Hits());
            url = page.Document.QuerySelector("a[rel=next]")?.GetAttribute("href");
        }

        Assert.Equal(45, all.Count);
        Assert.Equal(45, all.Distinct().Count());
    }

    [Fact]
    public async Task In_the_order_of_relevance_whole_words_come_before_beginnings()
    {
        await WriteAsync("a periwinkle");
        await WriteAsync("all those periwinklers");
        using DashboardVisitor owner = await shared.OwnerAsync();

        VisitedPage byTime = await owner.UntilFoundAsync("periwinkle", hits: 2);
        VisitedPage byFit = await owner.GetAsync(SearchedServer.Url("periwinkle", "&order=relevance"));

        Assert.Equal(["all those periwinklers", "a periwinkle"], byTime.Hits());
        Assert.Equal(["a periwinkle", "all those periwinklers"], byFit.Hits());
    }

    [Fact]
    public async Task A_message_found_leads_to_its_place_in_the_conversation()
    {
        await WriteAsync("the gossamerish one");
        await Server.SettledAsync();
        await DeliverAsync([.. Enumerable.Range(0, 70).Select(i => MetaPayload.Text(_customer, $"later {i}"))]);
        await Server.SettledAsync();
        using DashboardVisitor owner = await shared.OwnerAsync();
        string link = (await owner.UntilFoundAsync("gossamerish")).Link(".hit a");

        VisitedPage leading = await owner.GetAsync(link);
        VisitedPage conversation = await owner.GetAsync(leading.Location!);

        string[] way = leading.Location!.Split('#');
        Assert.StartsWith($"/inbox/{await Server.ConversationAsync(_customer)}?before=", way[0], StringComparison.Ordinal);
        Assert.Contains("gossamerish", conversation.Text($"#{way[1]}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_visitor_who_is_not_signed_in_finds_nothing()
    {
        using DashboardVisitor visitor = shared.NewVisitor();

        Assert.NotEqual(HttpStatusCode.OK, (await visitor.GetAsync(SearchedServer.Url("hello"))).Status);
    }

    private async Task WriteAsync(string text)
    {
        using SandboxPhone phone = new(Server, _customer);
        await phone.WriteAsync(new { text }, Cancellation);
    }

    private async Task DeliverAsync(params JsonObject[] messages)
    {
        using MetaClient meta = new(Server.Webhook, RunningServer.AppSecret);
        Assert.Equal(HttpStatusCode.OK, await meta.DeliverAsync(MetaPayload.Messages(messages), Cancellation));
    }
}
