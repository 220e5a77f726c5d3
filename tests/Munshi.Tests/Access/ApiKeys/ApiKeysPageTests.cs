using System.Net;
using System.Security.Cryptography;
using System.Text;
using AngleSharp.Dom;
using Munshi.Access.ApiKeys;
using Munshi.Tests.Api;
using Munshi.Tests.Dashboard;

namespace Munshi.Tests.Access.ApiKeys;

public sealed class ApiKeysPageTests(DashboardServer shared) : IClassFixture<DashboardServer>
{
    private const string Page = "/settings/api-keys";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_owner_makes_a_key_sees_it_once_and_revokes_it()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        VisitedPage empty = await owner.GetAsync(Page);

        VisitedPage made = await owner.SubmitAsync(empty, "#new-key-form", ("name", " Bookkeeping "));
        string secret = made.Document.QuerySelector("#secret")!.GetAttribute("value")!;
        Assert.Equal(HttpStatusCode.OK, await CallAsync(secret));
        VisitedPage used = await owner.GetAsync(Page);
        VisitedPage revoked = await owner.SubmitAsync(used, "#api-keys form");
        VisitedPage after = await owner.GetAsync(revoked.Location!);

        Assert.Equal("There are no keys yet", empty.Text(".empty h4"));
        Assert.Matches("^munshi_api_[A-Za-z0-9_-]{43}$", secret);
        Assert.NotNull(made.Document.QuerySelector("button[data-copy=secret]"));
        Assert.DoesNotContain(secret, used.Html, StringComparison.Ordinal);
        IElement row = Assert.Single(used.Document.QuerySelectorAll("#api-keys > li"));
        Assert.Equal("Bookkeeping", row.QuerySelector("h4")!.TextContent);
        Assert.Contains("Asha Owner", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("Last used on", row.TextContent, StringComparison.Ordinal);
        Assert.Equal("Revoked", after.Text("#api-keys .chip"));
        Assert.Null(after.Document.QuerySelector("#api-keys form"));
        Assert.Equal(HttpStatusCode.Unauthorized, await CallAsync(secret));
        Assert.Equal(["api-key.created", "api-key.revoked"], await EventsAsync($"person:{shared.Server.OwnerId}"));
    }

    [Fact]
    public async Task What_is_stored_is_the_secrets_hash_and_a_sealed_name()
    {
        using DashboardVisitor owner = await shared.OtherOwnerAsync();
        VisitedPage made = await owner.SubmitAsync(await owner.GetAsync(Page), "#new-key-form", ("name", "Kingfisher reports"));
        string secret = made.Document.QuerySelector("#secret")!.GetAttribute("value")!;

        string stored = await shared.Server.Database.ScalarAsync<string>(
            $"SELECT string_agg(k::text || encode(name_sealed, 'escape'), ' ') FROM access.api_key k WHERE client_id = '{shared.OtherClientId}'");

        // printf %s "$secret" | sha256sum
        Assert.Contains(Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(secret))), stored, StringComparison.Ordinal);
        Assert.DoesNotContain(secret["munshi_api_".Length..], stored, StringComparison.Ordinal);
        Assert.DoesNotContain("Kingfisher", stored, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_sent_twice_makes_one_key_and_says_so()
    {
        using DashboardVisitor owner = await shared.OtherOwnerAsync();
        VisitedPage form = await owner.GetAsync(Page);
        await owner.SubmitAsync(form, "#new-key-form", ("name", "Twice"));

        VisitedPage again = await owner.SubmitAsync(form, "#new-key-form", ("name", "Twice"));

        Assert.Equal("This form had made its key before", again.Text(".note.warn .state"));
        Assert.Null(again.Document.QuerySelector("#secret"));
        Assert.Single(again.Document.QuerySelectorAll("#api-keys h4"), name => name.TextContent == "Twice");
    }

    [Theory]
    [InlineData("  ")]
    [InlineData("x", 101)]
    public async Task A_name_that_says_nothing_or_too_much_comes_back(string name, int times = 1)
    {
        using DashboardVisitor owner = await shared.OtherOwnerAsync();
        string sent = string.Concat(Enumerable.Repeat(name, times));

        VisitedPage refused = await owner.SubmitAsync(await owner.GetAsync(Page), "#new-key-form", ("name", sent));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Equal("Say what the key is for, in at most 100 characters.", refused.Text("#name-problem"));
        Assert.Equal(sent.Trim(), refused.Document.QuerySelector("#key-name")!.GetAttribute("value"));
        Assert.Null(refused.Document.QuerySelector("#secret"));
    }

    [Fact]
    public async Task Staff_have_no_keys_and_nobody_reaches_another_workspaces()
    {
        using DashboardVisitor colleague = await shared.ColleagueAsync();
        using DashboardVisitor other = await shared.OwnerAsync();
        using ApiProgram program = await ApiProgram.WithKeyAsync(shared.Server, shared.OtherClientId, shared.OtherOwnerId);
        VisitedPage inbox = await colleague.GetAsync("/inbox");
        Dictionary<string, string> forged = new()
        {
            ["form-token"] = inbox.Document.QuerySelector("#sign-out input[name=form-token]")!.GetAttribute("value")!,
            ["name"] = "forged",
            ["id"] = $"{Guid.NewGuid()}",
        };
        VisitedPage theirs = await other.GetAsync(Page);
        forged["form-token"] = theirs.Document.QuerySelector("#sign-out input[name=form-token]")!.GetAttribute("value")!;

        Assert.Equal(HttpStatusCode.Forbidden, (await colleague.GetAsync(Page)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await other.PostAsync($"{Page}/{program.KeyId}/revocation", forged)).Status);
        forged["form-token"] = inbox.Document.QuerySelector("#sign-out input[name=form-token]")!.GetAttribute("value")!;
        Assert.Equal(HttpStatusCode.Forbidden, (await colleague.PostAsync(Page, forged)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await colleague.PostAsync($"{Page}/{program.KeyId}/revocation", forged)).Status);
        Assert.Equal(HttpStatusCode.OK, await CallAsync(program.Secret));
    }

    [Fact]
    public async Task There_are_at_most_fifty_keys_in_use()
    {
        using DashboardVisitor owner = await shared.OtherOwnerAsync();
        for (int made = 0; made < ApiKeyRegistry.MostInUse; made++)
        {
            if (await shared.Server.Get<ApiKeyRegistry>().MakeAsync(shared.OtherClientId, Guid.NewGuid(), "One of many", maySend: false, shared.OtherOwnerId, Cancellation) is MakeOutcome.TooMany)
            {
                break;
            }
        }

        VisitedPage refused = await owner.SubmitAsync(await owner.GetAsync(Page), "#new-key-form", ("name", "One too many"));

        Assert.Equal("There are 50 keys in use, which is the most. Revoke one that is no longer needed.", refused.Text("#name-problem"));
        Assert.Equal(50, await shared.Server.Database.ScalarAsync<long>($"SELECT count(*) FROM access.api_key WHERE client_id = '{shared.OtherClientId}' AND revoked_at IS NULL"));
        await shared.Server.Database.AsSuperuserAsync(
            $"UPDATE access.api_key SET revoked_at = now(), revoked_by = made_by WHERE client_id = '{shared.OtherClientId}' AND revoked_at IS NULL");
    }

    private async Task<HttpStatusCode> CallAsync(string secret)
    {
        using HttpClient http = new() { BaseAddress = shared.Server.Address };
        http.DefaultRequestHeaders.Add("Authorization", $"Bearer {secret}");
        using HttpResponseMessage answer = await http.GetAsync("api/v1/ledger/entries", Cancellation);
        return answer.StatusCode;
    }

    private Task<string[]> EventsAsync(string actor) => shared.Server.Database.ScalarAsync<string[]>(
        $"SELECT array_agg(action ORDER BY id) FROM audit.event WHERE actor = '{actor}' AND action LIKE 'api-key.%'");
}
