using Microsoft.AspNetCore.Http.HttpResults;
using Munshi.Access;
using Munshi.Channels.Health;
using Munshi.Channels.Sending;
using Munshi.Setup.Pages;

namespace Munshi.Setup;

/// <summary>Makes the answers of the set-up: a step, a part of it, or the settings of the channels.</summary>
internal sealed class SetupScreen(SetupProgress progress, HealthViews health, NumberStops stops, DashboardPages dashboard)
{
    private static readonly SetupForm Empty = new();

    public async Task<IResult> StepAsync(
        HttpContext context, SignedIn person, SetupStep step, SetupForm? form, CancellationToken cancellationToken)
    {
        Dictionary<string, object?> parameters = await ParametersAsync(context, person, cancellationToken);
        parameters[nameof(SetupPage.Step)] = step;
        parameters[nameof(SetupPage.Form)] = form ?? Empty;
        return new RazorComponentResult<SetupPage>(parameters) { StatusCode = StatusOf(form) };
    }

    public async Task<IResult> SettingsAsync(
        HttpContext context, SignedIn person, SetupForm? form, string? secretProblem, bool replaced, CancellationToken cancellationToken)
    {
        Dictionary<string, object?> parameters = await ParametersAsync(context, person, cancellationToken);
        parameters[nameof(ChannelsPage.Form)] = form ?? Empty;
        parameters[nameof(ChannelsPage.SecretProblem)] = secretProblem;
        parameters[nameof(ChannelsPage.Replaced)] = replaced;
        parameters[nameof(ChannelsPage.Health)] = await health.ReadAsync(person.ClientId, cancellationToken);
        Guid? number = ((SetupState)parameters[nameof(ChannelsPage.State)]!).NumberId;
        parameters[nameof(ChannelsPage.Stop)] = (await stops.ListAsync(person.ClientId, cancellationToken)).FirstOrDefault(stop => stop.NumberId == number);
        return new RazorComponentResult<ChannelsPage>(parameters)
        {
            StatusCode = secretProblem is null ? StatusOf(form) : StatusCodes.Status422UnprocessableEntity,
        };
    }

    /// <summary>A part that pulls itself anew when its signal comes.</summary>
    public async Task<IResult> PartAsync<TPart>(HttpContext context, SignedIn person, CancellationToken cancellationToken)
        where TPart : Microsoft.AspNetCore.Components.IComponent =>
        new RazorComponentResult<TPart>(await ParametersAsync(context, person, cancellationToken));

    private static int StatusOf(SetupForm? form) =>
        form is { Problem: not null } or { Trouble: not null } ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK;

    private async Task<Dictionary<string, object?>> ParametersAsync(HttpContext context, SignedIn person, CancellationToken cancellationToken) => new()
    {
        [nameof(SetupPage.Page)] = await dashboard.CreateAsync(context, person, cancellationToken),
        [nameof(SetupPage.State)] = await progress.ReadAsync(person.ClientId, cancellationToken),
    };
}
