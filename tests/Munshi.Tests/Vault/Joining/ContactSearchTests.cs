using Munshi.Tests.Dashboard;
using Munshi.Vault.Joining;

namespace Munshi.Tests.Vault.Joining;

/// <summary>Looking for whom a customer is one with.</summary>
public sealed class ContactSearchTests(DashboardServer shared) : IClassFixture<DashboardServer>
{
    private readonly JoinedCustomers _customers = new(shared);

    [Fact]
    public async Task The_address_of_what_was_found_can_be_gone_back_to_holds_no_number_and_tells_nobody_else_anything()
    {
        using DashboardVisitor colleague = await shared.ColleagueAsync();
        using DashboardVisitor owner = await shared.OwnerAsync();
        (_, string second, Guid older, Guid newer) = await _customers.TwoAsync();

        VisitedPage sought = await colleague.SubmitAsync(await colleague.GetAsync(ContactUrls.Contact(older)), "#find-form", ("q", second));
        VisitedPage found = await colleague.GetAsync(sought.Location!);
        VisitedPage back = await colleague.GetAsync(sought.Location!);
        VisitedPage elsewhere = await owner.GetAsync(sought.Location!);
        VisitedPage forged = await colleague.GetAsync($"{ContactUrls.Contact(older)}?found=made-up");

        Assert.DoesNotContain(second[2..], sought.Location, StringComparison.Ordinal);
        Assert.All([found, back], page => Assert.Contains($"{newer}", page.Document.QuerySelector("#found a")!.GetAttribute("href"), StringComparison.Ordinal));
        Assert.All([elsewhere, forged], page => Assert.Null(page.Document.QuerySelector("#found")));
    }

    [Fact]
    public async Task Nothing_looked_for_shows_the_page_as_it_was_and_too_much_is_refused()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        (_, _, Guid older, _) = await _customers.TwoAsync();
        VisitedPage page = await owner.GetAsync(ContactUrls.Contact(older));

        VisitedPage nothing = await owner.SubmitAsync(page, "#find-form", ("q", "  "));
        VisitedPage much = await owner.SubmitAsync(page, "#find-form", ("q", new string('1', 201)));

        Assert.Equal(ContactUrls.Contact(older), nothing.Location);
        Assert.Equal(System.Net.HttpStatusCode.BadRequest, much.Status);
    }
}
