using System.Net;
using Munshi.Tests.Dashboard;
using Munshi.Tests.Running;
using Munshi.Vault.Labels;

namespace Munshi.Tests.Vault.Labels;

public sealed class LabelTests(DashboardServer shared) : IClassFixture<DashboardServer>
{
    private const string Page = "/settings/labels";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private LabelBook Book => shared.Server.Get<LabelBook>();

    private ConversationLabels Labels => shared.Server.Get<ConversationLabels>();

    [Fact]
    public async Task An_owner_makes_a_label_changes_it_and_removes_it_and_its_name_is_free_again()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();

        VisitedPage made = await owner.GetAsync((await owner.SubmitAsync(await owner.GetAsync(Page), "#new-label-form", ("name", " Order "), ("colour", "green"))).Location!);
        string row = $"#{made.Document.QuerySelectorAll("#labels > li").Single(item => item.QuerySelector("h3")!.TextContent.Trim() == "Order").Id}";
        VisitedPage changed = await owner.GetAsync((await owner.SubmitAsync(made, $"{row} details:nth-of-type(1) form", ("name", "Orders"), ("colour", "red"))).Location!);
        VisitedPage retired = await owner.GetAsync((await owner.SubmitAsync(changed, $"{row} details:nth-of-type(2) form")).Location!);
        VisitedPage again = await owner.SubmitAsync(retired, "#new-label-form", ("name", "Orders"), ("colour", "blue"));

        Assert.Equal("Order", made.Text($"{row} h3 .chip.label.green"));
        Assert.Equal("Orders", changed.Text($"{row} h3 .chip.label.red"));
        Assert.Null(retired.Document.QuerySelector(row));
        Assert.Equal($"{Page}?done=made", again.Location);
        Assert.Equal(
            ["label.created", "label.changed", "label.retired"],
            await shared.Server.Database.ScalarAsync<string[]>($"SELECT array_agg(action ORDER BY id) FROM audit.event WHERE object = 'label:{row["#label-".Length..]}'"));
    }

    [Fact]
    public async Task A_name_that_only_looks_different_is_taken_and_another_workspace_may_use_it()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        using DashboardVisitor other = await shared.OtherOwnerAsync();
        await MakeAsync("Café bill");

        VisitedPage refused = await owner.SubmitAsync(await owner.GetAsync(Page), "#new-label-form", ("name", "CAFE\u0301  BILL"), ("colour", "grey"));
        VisitedPage elsewhere = await other.SubmitAsync(await other.GetAsync(Page), "#new-label-form", ("name", "Café bill"), ("colour", "grey"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Equal("There is a label of this name already. Choose another name, or change that one.", refused.Text("#new-label-form .problem"));
        Assert.Equal("CAFE\u0301  BILL", refused.Document.QuerySelector("#new-label-form input[name=name]")!.GetAttribute("value"));
        Assert.Equal(HttpStatusCode.Redirect, elsewhere.Status);
    }

    [Theory]
    [InlineData("  ", 1)]
    [InlineData("x", 41)]
    public async Task A_name_that_says_nothing_or_too_much_comes_back(string name, int times)
    {
        using DashboardVisitor owner = await shared.OwnerAsync();

        VisitedPage refused = await owner.SubmitAsync(await owner.GetAsync(Page), "#new-label-form", ("name", string.Concat(Enumerable.Repeat(name, times))));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Equal("Give the label a name of at most 40 characters.", refused.Text("#new-label-form .problem"));
    }

    [Fact]
    public async Task A_form_sent_twice_makes_one_label()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        VisitedPage form = await owner.GetAsync(Page);
        await owner.SubmitAsync(form, "#new-label-form", ("name", "Twice"));

        VisitedPage again = await owner.SubmitAsync(form, "#new-label-form", ("name", "Twice"));

        Assert.Equal(HttpStatusCode.Redirect, again.Status);
        Assert.Single(await Book.ListAsync(shared.Server.ClientId, Cancellation), label => label.Name == "Twice");
    }

    [Fact]
    public async Task What_is_stored_is_a_sealed_name_and_an_hmac()
    {
        Guid id = await MakeAsync("Kingfisher");

        string stored = await shared.Server.Database.ScalarAsync<string>(
            $"SELECT l::text || encode(name_sealed, 'escape') || encode(lookup, 'escape') FROM vault.label l WHERE id = '{id}'");

        Assert.DoesNotContain("Kingfisher", stored, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_person_puts_a_label_on_a_conversation_finds_it_by_that_and_takes_it_off_without_javascript()
    {
        using DashboardVisitor colleague = await shared.ColleagueAsync();
        Guid label = await MakeAsync("Complaint");
        (SandboxPhone phone, Guid id) = await shared.AnsweredAsync();
        (SandboxPhone second, Guid other) = await shared.AnsweredAsync();
        using SandboxPhone _ = phone;
        using SandboxPhone __ = second;

        VisitedPage put = await colleague.SubmitAsync(await colleague.GetAsync($"/inbox/{id}"), "#labels-form", ("add", label.ToString()));
        VisitedPage worn = await colleague.GetAsync(put.Location!);
        VisitedPage listed = await colleague.GetAsync($"/inbox?label={label}");
        VisitedPage all = await colleague.GetAsync("/inbox");
        await colleague.SubmitAsync(worn, "#labels-form", ("remove", label.ToString()));
        VisitedPage emptied = await colleague.GetAsync($"/inbox?label={label}");

        Assert.Equal("Complaint", worn.Text(".who .chip.label"));
        Assert.Equal("true", worn.Document.QuerySelector($"#labels-form button[value='{label}']")!.GetAttribute("aria-pressed"));
        Assert.Equal([$"c-{id}"], listed.Document.QuerySelectorAll(".row").Select(row => row.Id));
        Assert.Equal("Complaint", listed.Text("#narrowed .chip.label"));
        Assert.NotNull(all.Document.QuerySelector($"#c-{other}"));
        Assert.Equal("No conversation here wears this label", emptied.Text(".inbox .empty h3"));
        Assert.Equal(["conversation.labelled", "conversation.unlabelled"], await EventsAsync(id));
    }

    [Fact]
    public async Task The_conversations_of_a_label_keep_the_inboxs_order_pages_and_states_as_they_move()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        Guid label = await MakeAsync("Moving");
        List<(SandboxPhone Phone, Guid Id)> customers = [];
        for (int i = 0; i < 3; i++)
        {
            (SandboxPhone phone, Guid id) = await shared.AnsweredAsync();
            customers.Add((phone, id));
            await Labels.AddAsync(shared.Server.ClientId, id, label, shared.Server.OwnerId, Cancellation);
        }

        await customers[0].Phone.AskAsync("Is there parking near the shop?", Cancellation); // up to the top
        VisitedPage top = await owner.GetAsync($"/inbox?label={label}");
        string first = top.Document.QuerySelector(".row")!.GetAttribute("data-cursor")!;
        VisitedPage below = await owner.GetAsync($"/inbox?label={label}&before={first}");
        VisitedPage above = await owner.GetAsync($"/inbox?label={label}&after={below.Document.QuerySelector(".row")!.GetAttribute("data-cursor")}", ("HX-Request", "true"));
        await owner.SubmitAsync(await owner.GetAsync($"/inbox/{customers[1].Id}"), "#resolve-form");
        VisitedPage open = await owner.GetAsync($"/inbox?label={label}");
        VisitedPage resolved = await owner.GetAsync($"/inbox?label={label}&state=resolved");

        Assert.Equal([$"c-{customers[0].Id}", $"c-{customers[2].Id}", $"c-{customers[1].Id}"], Rows(top));
        Assert.Equal([$"c-{customers[2].Id}", $"c-{customers[1].Id}"], Rows(below));
        Assert.Equal([$"c-{customers[0].Id}"], Rows(above));
        Assert.Equal([$"c-{customers[0].Id}", $"c-{customers[2].Id}"], Rows(open));
        Assert.Equal([$"c-{customers[1].Id}"], Rows(resolved));
        customers.ForEach(customer => customer.Phone.Dispose());
    }

    [Fact]
    public async Task A_label_that_is_removed_is_gone_from_conversations_and_its_list_is_not_found()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        Guid label = await MakeAsync("Passing");
        (SandboxPhone phone, Guid id) = await shared.AnsweredAsync();
        using SandboxPhone _ = phone;
        await Labels.AddAsync(shared.Server.ClientId, id, label, shared.Server.OwnerId, Cancellation);

        await Book.RetireAsync(shared.Server.ClientId, label, shared.Server.OwnerId, Cancellation);

        Assert.Null((await owner.GetAsync($"/inbox/{id}?label={label}")).Document.QuerySelector(".who .chip.label"));
        Assert.Equal(HttpStatusCode.NotFound, (await owner.GetAsync($"/inbox?label={label}")).Status);
        Assert.Equal(LabelOutcome.Unknown, await Labels.AddAsync(shared.Server.ClientId, id, label, shared.Server.OwnerId, Cancellation));
    }

    [Fact]
    public async Task A_conversation_wears_so_many_labels_and_no_more()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        (SandboxPhone phone, Guid id) = await shared.AnsweredAsync();
        using SandboxPhone _ = phone;
        List<Guid> many = [];
        for (int i = 0; i <= ConversationLabels.Most; i++)
        {
            many.Add(await MakeAsync($"Many {i}"));
        }

        foreach (Guid label in many.Take(ConversationLabels.Most))
        {
            Assert.Equal(LabelOutcome.Done, await Labels.AddAsync(shared.Server.ClientId, id, label, shared.Server.OwnerId, Cancellation));
        }

        VisitedPage refused = await owner.SubmitAsync(await owner.GetAsync($"/inbox/{id}"), "#labels-form", ("add", many[^1].ToString()));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Equal("This conversation wears 20 labels, which is the most. Take one off first.", refused.Text("#standing-problem"));
        foreach (Guid label in many)
        {
            await Book.RetireAsync(shared.Server.ClientId, label, shared.Server.OwnerId, Cancellation);
        }
    }

    [Fact]
    public async Task Another_workspaces_label_and_conversation_are_not_found()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        using DashboardVisitor stranger = await shared.OtherOwnerAsync();
        Guid own = await MakeAsync("Ours");
        Guid foreign = Guid.CreateVersion7();
        await Book.MakeAsync(shared.OtherClientId, new Label(foreign, "Theirs", "grey"), shared.OtherOwnerId, Cancellation);
        (SandboxPhone phone, Guid id) = await shared.AnsweredAsync();
        using SandboxPhone _ = phone;
        VisitedPage page = await owner.GetAsync($"/inbox/{id}");

        Assert.Equal(HttpStatusCode.NotFound, (await owner.SubmitAsync(page, "#labels-form", ("add", foreign.ToString()))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await owner.GetAsync($"/inbox?label={foreign}")).Status);
        Assert.DoesNotContain("Theirs", page.Html, StringComparison.Ordinal);
        foreach ((string path, string field, string value) in new[]
        {
            ($"/inbox/{id}/labels", "add", foreign.ToString()),
            ($"{Page}/{own}", "name", "Stolen"),
            ($"{Page}/{own}/retirement", "name", ""),
        })
        {
            VisitedPage answer = await stranger.PostAsync(path, new Dictionary<string, string> { ["form-token"] = await TokenAsync(stranger), [field] = value, ["colour"] = "grey" });
            Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        }

        Assert.Contains(await Book.ListAsync(shared.Server.ClientId, Cancellation), label => label.Name == "Ours");
        Assert.Empty(await EventsAsync(id));
    }

    [Fact]
    public async Task Staff_put_labels_on_and_do_not_manage_them()
    {
        using DashboardVisitor colleague = await shared.ColleagueAsync();
        Guid own = await MakeAsync("Owners only");
        string token = await TokenAsync(colleague);

        Assert.Equal(HttpStatusCode.Forbidden, (await colleague.GetAsync(Page)).Status);
        foreach (string path in new[] { Page, $"{Page}/{own}", $"{Page}/{own}/retirement" })
        {
            VisitedPage answer = await colleague.PostAsync(
                path, new Dictionary<string, string> { ["form-token"] = token, ["id"] = Guid.NewGuid().ToString(), ["name"] = "Forged", ["colour"] = "grey" });
            Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
        }

        Assert.DoesNotContain(await Book.ListAsync(shared.Server.ClientId, Cancellation), label => label.Name == "Forged");
    }

    private static IEnumerable<string?> Rows(VisitedPage page) => page.Document.QuerySelectorAll(".row").Select(row => row.Id);

    private static async Task<string> TokenAsync(DashboardVisitor visitor) =>
        (await visitor.GetAsync("/inbox")).Document.QuerySelector("#sign-out input[name=form-token]")!.GetAttribute("value")!;

    private async Task<Guid> MakeAsync(string name)
    {
        Guid id = Guid.CreateVersion7();
        Assert.Equal(LabelOutcome.Done, await Book.MakeAsync(shared.Server.ClientId, new Label(id, name, "blue"), shared.Server.OwnerId, Cancellation));
        return id;
    }

    private Task<string[]> EventsAsync(Guid id) => shared.Server.Database.ScalarAsync<string[]>(
        $"SELECT coalesce(array_agg(action ORDER BY id), ARRAY[]::text[]) FROM audit.event WHERE object = 'conversation:{id}' AND action LIKE '%labelled'");
}
