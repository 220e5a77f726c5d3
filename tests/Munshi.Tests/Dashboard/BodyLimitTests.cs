using System.Net;

namespace Munshi.Tests.Dashboard;

public sealed class BodyLimitTests(DashboardServer shared) : IClassFixture<DashboardServer>
{
    private const int Limit = 128 * 1024;

    [Fact]
    public async Task A_form_of_more_than_128_KiB_is_answered_413_and_signs_nobody_in()
    {
        string token = await shared.LinkAsync();
        using DashboardVisitor visitor = shared.NewVisitor();
        VisitedPage button = await visitor.GetAsync($"/sign-in/{token}");

        VisitedPage refused = await visitor.SubmitAsync(button, "main form", ("more", new string('x', Limit)));
        VisitedPage pressed = await visitor.SubmitAsync(button, "main form", ("more", new string('x', Limit / 2)));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, refused.Status);
        Assert.NotEmpty(refused.Text("h1"));
        Assert.Equal((HttpStatusCode.Redirect, "/inbox"), (pressed.Status, pressed.Location));
    }
}
