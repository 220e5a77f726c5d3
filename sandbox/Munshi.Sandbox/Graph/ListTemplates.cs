using System.Text.Json.Nodes;
using Munshi.Sandbox.Control;

namespace Munshi.Sandbox.Graph;

/// <summary><c>GET /{version}/{waba_id}/message_templates</c>: the account's templates, two on a page, with one of each state that matters.</summary>
internal sealed class ListTemplates(BusinessNumbers numbers, Faults faults)
{
    private const int PageSize = 2;

    private static readonly string[] All =
    [
        """{"name":"order_ready","language":"en","status":"APPROVED","category":"UTILITY","components":[{"type":"BODY","text":"Hello {{1}}, your order {{2}} is ready.","example":{"body_text":[["Asha","118"]]}},{"type":"FOOTER","text":"Sandbox shop"},{"type":"BUTTONS","buttons":[{"type":"URL","text":"See it","url":"https://shop.example/o/{{1}}"}]}]}""",
        """{"name":"order_ready","language":"hi","status":"APPROVED","category":"UTILITY","components":[{"type":"BODY","text":"नमस्ते {{1}}, आपका ऑर्डर {{2}} तैयार है।"}]}""",
        """{"name":"festival_offer","language":"en","status":"APPROVED","category":"MARKETING","components":[{"type":"HEADER","format":"TEXT","text":"New at the shop"},{"type":"BODY","text":"{{name}}, our festival sarees are here."}],"parameter_format":"NAMED"}""",
        """{"name":"price_change","language":"en","status":"PAUSED","category":"UTILITY","components":[{"type":"BODY","text":"Prices change on Monday."}]}""",
        """{"name":"hello_world","language":"en_US","status":"APPROVED","category":"UTILITY","components":[{"type":"BODY","text":"Hello! This is a test message."}]}""",
    ];

    public static void Map(WebApplication app) => app.MapGet(
        "/{version:regex(^v\\d+\\.\\d+$)}/{wabaId:regex(^\\d+$)}/message_templates",
        (string wabaId, string? after, HttpContext context, ListTemplates endpoint) => endpoint.HandleAsync(wabaId, after, context));

    private Task HandleAsync(string wabaId, string? after, HttpContext context)
    {
        string authorization = context.Request.Headers.Authorization.ToString();
        if (faults.IsAlways(Fault.TokenRevoked) || !numbers.All.Any(known => authorization == $"Bearer {known.AccessToken}"))
        {
            return GraphAnswers.WriteAsync(context, GraphError.TokenInvalid);
        }

        if (!numbers.All.Any(known => known.WabaId == wabaId && authorization == $"Bearer {known.AccessToken}"))
        {
            return GraphAnswers.WriteAsync(context, GraphError.NoSuchObject(wabaId));
        }

        int from = int.TryParse(after, out int place) && place >= 0 && place <= All.Length ? place : 0;
        int next = Math.Min(from + PageSize, All.Length);
        JsonObject paging = new() { ["cursors"] = new JsonObject { ["before"] = $"{from}", ["after"] = $"{next}" } };
        if (next < All.Length)
        {
            paging["next"] = $"{context.Request.Scheme}://{context.Request.Host}{context.Request.Path}?after={next}";
        }

        JsonArray data = [.. All[from..next].Select(template => JsonNode.Parse(template))];
        return GraphAnswers.WriteAsync(context, StatusCodes.Status200OK, new JsonObject { ["data"] = data, ["paging"] = paging });
    }
}
