using System.Text.Json.Nodes;
using Munshi.Sandbox.Control;

namespace Munshi.Sandbox.Graph;

/// <summary><c>GET /{version}/debug_token?input_token=</c>: whether a token works, and until when. A system user's token may ask about itself.</summary>
internal sealed class DebugToken(BusinessNumbers numbers, Faults faults, TimeProvider clock)
{
    public static void Map(WebApplication app) => app.MapGet(
        "/{version:regex(^v\\d+\\.\\d+$)}/debug_token",
        (HttpContext context, DebugToken endpoint) => endpoint.HandleAsync(context));

    private Task HandleAsync(HttpContext context)
    {
        string token = context.Request.Query["input_token"].ToString();
        if (faults.IsAlways(Fault.TokenRevoked) || context.Request.Headers.Authorization != $"Bearer {token}" || !numbers.All.Any(known => known.AccessToken == token))
        {
            return GraphAnswers.WriteAsync(context, GraphError.TokenInvalid);
        }

        return GraphAnswers.WriteAsync(context, StatusCodes.Status200OK, new JsonObject
        {
            ["data"] = new JsonObject
            {
                ["app_id"] = SubscribedApps.AppId,
                ["type"] = "SYSTEM_USER",
                ["is_valid"] = true,
                ["expires_at"] = faults.IsAlways(Fault.TokenEnding) ? clock.GetUtcNow().AddDays(3).ToUnixTimeSeconds() : 0,
                ["scopes"] = new JsonArray("whatsapp_business_management", "whatsapp_business_messaging"),
            },
        });
    }
}
