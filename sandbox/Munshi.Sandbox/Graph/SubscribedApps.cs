using System.Text.Json.Nodes;
using Munshi.Sandbox.Control;

namespace Munshi.Sandbox.Graph;

/// <summary><c>POST</c>, <c>DELETE</c> and <c>GET /{version}/{waba_id}/subscribed_apps</c>: whether an account's webhooks go to the app.</summary>
internal sealed class SubscribedApps(BusinessNumbers numbers, Subscriptions subscriptions, Faults faults)
{
    /// <summary>The sandbox's one app.</summary>
    public const string AppId = "300000000000001";

    public static void Map(WebApplication app) => app.MapMethods(
        "/{version:regex(^v\\d+\\.\\d+$)}/{wabaId:regex(^\\d+$)}/subscribed_apps",
        [HttpMethods.Post, HttpMethods.Delete, HttpMethods.Get],
        (string wabaId, HttpContext context, SubscribedApps endpoint) => endpoint.HandleAsync(wabaId, context));

    private Task HandleAsync(string wabaId, HttpContext context)
    {
        string authorization = context.Request.Headers.Authorization.ToString();
        if (faults.IsAlways(Fault.TokenRevoked) || !numbers.All.Any(known => authorization == $"Bearer {known.AccessToken}"))
        {
            return GraphAnswers.WriteAsync(context, GraphError.TokenInvalid);
        }

        if (faults.IsAlways(Fault.PermissionMissing))
        {
            return GraphAnswers.WriteAsync(context, GraphError.PermissionMissing);
        }

        if (!numbers.All.Any(known => known.WabaId == wabaId && authorization == $"Bearer {known.AccessToken}"))
        {
            return GraphAnswers.WriteAsync(context, GraphError.NoSuchObject(wabaId));
        }

        if (HttpMethods.IsGet(context.Request.Method))
        {
            JsonObject app = new() { ["whatsapp_business_api_data"] = new JsonObject { ["id"] = AppId, ["name"] = "Sandbox app" } };
            return GraphAnswers.WriteAsync(
                context, StatusCodes.Status200OK, new JsonObject { ["data"] = subscriptions.Has(wabaId) ? new JsonArray(app) : [] });
        }

        subscriptions.Set(wabaId, HttpMethods.IsPost(context.Request.Method));
        return GraphAnswers.WriteAsync(context, StatusCodes.Status200OK, new JsonObject { ["success"] = true });
    }
}
