using Munshi.Sandbox.Pages;
using Munshi.Sandbox.Webhooks;

namespace Munshi.Sandbox.Control;

/// <summary><c>GET /control</c>: every fault with what Meta really does, and what was counted.</summary>
internal static class ShowControlPage
{
    public static void Map(WebApplication app) => app.MapGet(
        "/control", (HttpContext context, Faults faults, Tally tally, BusinessNumbers numbers) => Show(context, faults, tally, numbers, problem: null));

    public static PageResult<ControlPage> Show(HttpContext context, Faults faults, Tally tally, BusinessNumbers numbers, string? problem) =>
        new(new ControlPageView(
            tally.Show(numbers.All),
            faults.Show(),
            [.. FailedStatus.Codes.Select(code => KeyValuePair.Create(code, FailedStatus.TitleOf(code)))],
            problem,
            PageTheme.Of(context.Request),
            PagePolicy.Apply(context.Response)));
}
