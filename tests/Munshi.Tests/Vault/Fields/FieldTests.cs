using System.Net;
using System.Text.Json.Nodes;
using Munshi.Audit;
using Munshi.Tests.Dashboard;
using Munshi.Tests.Running;
using Munshi.Tests.Sandbox;
using Munshi.Vault.Fields;

namespace Munshi.Tests.Vault.Fields;

public sealed class FieldTests(DashboardServer shared) : IClassFixture<DashboardServer>
{
    private const string Page = "/settings/fields";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private FieldBook Book => shared.Server.Get<FieldBook>();

    private FieldValues Values => shared.Server.Get<FieldValues>();

    [Fact]
    public async Task An_owner_makes_a_field_renames_it_and_removes_it_and_its_name_is_free_again()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();

        VisitedPage made = await owner.GetAsync((await owner.SubmitAsync(await owner.GetAsync(Page), "#new-field-form", ("name", " Blouse "))).Location!);
        string row = $"#{made.Document.QuerySelectorAll("#fields > li").Single(item => item.QuerySelector("h3")!.TextContent.Trim() == "Blouse").Id}";
        VisitedPage taken = await owner.SubmitAsync(made, "#new-field-form", ("name", "BLOUSE"));
        VisitedPage renamed = await owner.GetAsync((await owner.SubmitAsync(made, $"{row} details:nth-of-type(1) form", ("name", "Blouse size"))).Location!);
        VisitedPage retired = await owner.GetAsync((await owner.SubmitAsync(renamed, $"{row} details:nth-of-type(2) form")).Location!);
        VisitedPage again = await owner.SubmitAsync(retired, "#new-field-form", ("name", "Blouse size"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, taken.Status);
        Assert.Equal("There is a field of this name already. Choose another name.", taken.Text("#new-field-form .problem"));
        Assert.Equal("Blouse size", renamed.Text($"{row} h3"));
        Assert.Null(retired.Document.QuerySelector(row));
        Assert.Equal($"{Page}?done=made", again.Location);
        Assert.Equal(
            ["field.created", "field.renamed", "field.retired"],
            await shared.Server.Database.ScalarAsync<string[]>($"SELECT array_agg(action ORDER BY id) FROM audit.event WHERE object = 'field:{row["#field-".Length..]}'"));
    }

    [Fact]
    public async Task What_a_person_notes_stands_in_the_conversation_sealed_and_the_newest_counts()
    {
        using DashboardVisitor colleague = await shared.ColleagueAsync();
        Guid field = await MakeAsync("City");
        (SandboxPhone phone, Guid id) = await shared.AnsweredAsync();
        using SandboxPhone _ = phone;
        string form = $".fields form[action$='/fields/{field}']";

        VisitedPage first = await colleague.GetAsync((await colleague.SubmitAsync(await colleague.GetAsync($"/inbox/{id}"), form, ("value", " Kingfisher Town "))).Location!);
        VisitedPage second = await colleague.GetAsync((await colleague.SubmitAsync(first, form, ("value", "Howrah"))).Location!);
        VisitedPage third = await colleague.GetAsync((await colleague.SubmitAsync(second, form, ("value", ""))).Location!);

        Assert.Equal("Kingfisher Town", Shown(first, field));
        Assert.Equal("Howrah", Shown(second, field));
        Assert.Equal("", Shown(third, field) ?? "");
        Assert.DoesNotContain(
            "Kingfisher", await shared.Server.Database.ScalarAsync<string>("SELECT string_agg(encode(value_sealed, 'escape'), ' ') FROM vault.field_value"), StringComparison.Ordinal);
        Assert.Equal(3, await shared.Server.Database.ScalarAsync<long>(
            $"SELECT count(*) FROM audit.event e JOIN vault.field_value v ON e.object = 'field-value:' || v.id WHERE v.field_id = '{field}' AND e.action = 'field-value.written'"));
        await Eventually.TrueAsync(async () => (await shared.Server.Get<LedgerVerifier>().VerifyAsync(shared.Server.ClientId, Cancellation)).IsOk);
    }

    [Fact]
    public async Task A_form_made_before_anothers_change_is_refused_and_keeps_what_was_typed()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        Guid field = await MakeAsync("Size");
        (SandboxPhone phone, Guid id) = await shared.AnsweredAsync();
        using SandboxPhone _ = phone;
        string form = $".fields form[action$='/fields/{field}']";
        VisitedPage seen = await owner.GetAsync($"/inbox/{id}");
        await Values.SetAsync(shared.Server.ClientId, id, field, "L", null, shared.ColleagueId, Cancellation);

        VisitedPage refused = await owner.SubmitAsync(seen, form, ("value", "M"));
        VisitedPage again = await owner.SubmitAsync(refused, form);

        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Equal("Somebody changed this meanwhile. Press again to put yours in its place.", refused.Text($"{form} .problem"));
        Assert.Equal("M", Shown(refused, field));
        Assert.Equal("M", Shown(await owner.GetAsync(again.Location!), field));
    }

    [Fact]
    public async Task A_value_that_is_too_long_comes_back_with_the_reason()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        Guid field = await MakeAsync("Street");
        (SandboxPhone phone, Guid id) = await shared.AnsweredAsync();
        using SandboxPhone _ = phone;
        string form = $".fields form[action$='/fields/{field}']";

        VisitedPage refused = await owner.SubmitAsync(await owner.GetAsync($"/inbox/{id}"), form, ("value", new string('x', 201)));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Equal("At most 200 characters stand in a field. Shorten it; nothing was changed.", refused.Text($"{form} .problem"));
        Assert.Equal(new string('x', 201), Shown(refused, field));
    }

    [Fact]
    public async Task Two_contacts_that_turn_out_to_be_one_person_have_what_was_noted_of_either()
    {
        Guid city = await MakeAsync("Home town");
        Guid size = await MakeAsync("Shoe size");
        const string Customer = "919000008801";
        await DeliverAsync(null, $"IN.8{Customer}", "by user id");
        Guid one = await shared.NewestConversationAsync();
        await DeliverAsync(Customer, null, "by phone");
        Guid other = await shared.NewestConversationAsync();
        await Values.SetAsync(shared.Server.ClientId, one, city, "Howrah", null, shared.Server.OwnerId, Cancellation);
        await Values.SetAsync(shared.Server.ClientId, other, size, "39", null, shared.Server.OwnerId, Cancellation);

        await DeliverAsync(Customer, $"IN.8{Customer}", "by both");

        Assert.Equal(1, await shared.Server.Database.ScalarAsync<long>($"SELECT count(DISTINCT contact_id) FROM vault.conversation WHERE id IN ('{one}', '{other}')"));
        foreach (Guid conversation in new[] { one, other })
        {
            IReadOnlyList<FieldValue> noted = await Values.ListAsync(shared.Server.ClientId, conversation, Cancellation);
            Assert.Equal("Howrah", noted.Single(value => value.Field.Id == city).Text);
            Assert.Equal("39", noted.Single(value => value.Field.Id == size).Text);
        }
    }

    [Fact]
    public async Task Another_workspaces_field_and_conversation_are_not_found()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        using DashboardVisitor stranger = await shared.OtherOwnerAsync();
        Guid own = await MakeAsync("Ours");
        Guid foreign = Guid.CreateVersion7();
        await Book.MakeAsync(shared.OtherClientId, new Field(foreign, "Theirs"), shared.OtherOwnerId, Cancellation);
        (SandboxPhone phone, Guid id) = await shared.AnsweredAsync();
        using SandboxPhone _ = phone;

        Assert.DoesNotContain("Theirs", (await owner.GetAsync($"/inbox/{id}")).Html, StringComparison.Ordinal);
        foreach ((DashboardVisitor visitor, string path) in new[]
        {
            (owner, $"/inbox/{id}/fields/{foreign}"),
            (stranger, $"/inbox/{id}/fields/{foreign}"),
            (stranger, $"/inbox/{id}/fields/{own}"),
            (stranger, $"{Page}/{own}"),
            (stranger, $"{Page}/{own}/retirement"),
        })
        {
            VisitedPage answer = await visitor.PostAsync(path, new Dictionary<string, string> { ["form-token"] = await TokenAsync(visitor), ["name"] = "Stolen", ["value"] = "stolen" });
            Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        }
    }

    [Fact]
    public async Task Staff_note_and_do_not_manage_the_fields()
    {
        using DashboardVisitor colleague = await shared.ColleagueAsync();
        Guid own = await MakeAsync("Owners only");
        string token = await TokenAsync(colleague);

        Assert.Equal(HttpStatusCode.Forbidden, (await colleague.GetAsync(Page)).Status);
        foreach (string path in new[] { Page, $"{Page}/{own}", $"{Page}/{own}/retirement" })
        {
            VisitedPage answer = await colleague.PostAsync(
                path, new Dictionary<string, string> { ["form-token"] = token, ["id"] = Guid.NewGuid().ToString(), ["name"] = "Forged" });
            Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
        }
    }

    private static string? Shown(VisitedPage page, Guid field) => page.Document.QuerySelector($"#f-{field}")!.GetAttribute("value");

    private static async Task<string> TokenAsync(DashboardVisitor visitor) =>
        (await visitor.GetAsync("/inbox")).Document.QuerySelector("#sign-out input[name=form-token]")!.GetAttribute("value")!;

    private async Task<Guid> MakeAsync(string name)
    {
        Guid id = Guid.CreateVersion7();
        Assert.Equal(FieldOutcome.Done, await Book.MakeAsync(shared.Server.ClientId, new Field(id, name), shared.Server.OwnerId, Cancellation));
        return id;
    }

    private async Task DeliverAsync(string? phone, string? userId, string body)
    {
        JsonObject message = MetaPayload.Text(phone ?? "", body);
        if (phone is null)
        {
            message.Remove("from");
        }

        if (userId is not null)
        {
            message["from_user_id"] = userId;
        }

        using MetaClient meta = new(shared.Server.Webhook, RunningServer.AppSecret);
        Assert.Equal(HttpStatusCode.OK, await meta.DeliverAsync(MetaPayload.Messages(message), Cancellation));
        await shared.Server.SettledAsync();
    }
}
