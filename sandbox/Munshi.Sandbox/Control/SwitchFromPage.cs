using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Munshi.Sandbox.Pages;

namespace Munshi.Sandbox.Control;

/// <summary>
/// <c>POST /control</c>: the page's form. A fault is on when its field is there, for the calls in <c>NAME.calls</c>, else always;
/// the field <c>off</c> puts all off.
/// </summary>
internal static class SwitchFromPage
{
    public static void Map(WebApplication app) => app.MapPost("/control", HandleAsync);

    private static async Task<IResult> HandleAsync(HttpContext context, Faults faults, Tally tally, BusinessNumbers numbers, CancellationToken cancellationToken)
    {
        if (!context.Request.HasFormContentType)
        {
            return TypedResults.Problem("The page sends a form; programs use PUT /control/faults.", statusCode: StatusCodes.Status400BadRequest);
        }

        IFormCollection form = await context.Request.ReadFormAsync(cancellationToken);
        if (form.ContainsKey("off"))
        {
            faults.Clear();
        }
        else if (faults.Change(JsonSerializer.SerializeToElement(Flags(form))) is { } problem)
        {
            context.Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return ShowControlPage.Show(context, faults, tally, numbers, problem);
        }

        tally.FaultsChanged();
        return new SeeOther("/control");
    }

    private static JsonObject Flags(IFormCollection form)
    {
        JsonObject flags = [];
        foreach (string name in Faults.Names)
        {
            if (Faults.IsNumber(name))
            {
                flags[name] = Number(form[name].ToString());
            }
            else
            {
                flags[name] = !form.ContainsKey(name) ? false
                    : form[$"{name}.calls"].ToString() is { Length: > 0 } calls ? Number(calls)
                    : true;
            }
        }

        return flags;
    }

    /// <summary>What is no number stays text, which is refused by name.</summary>
    private static JsonNode Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : text;
}
