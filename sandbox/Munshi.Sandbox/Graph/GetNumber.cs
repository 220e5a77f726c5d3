using System.Text.Json.Nodes;
using Munshi.Sandbox.Control;
using Munshi.Sandbox.Media;

namespace Munshi.Sandbox.Graph;

/// <summary><c>GET /{version}/{phone_number_id}?fields=</c>: what Graph tells of a number; an id of a file goes to <see cref="LookUpMedia"/>.</summary>
internal sealed class GetNumber(BusinessNumbers numbers, LookUpMedia media, Faults faults)
{
    public static void Map(WebApplication app) => app.MapGet(
        "/{version:regex(^v\\d+\\.\\d+$)}/{phoneNumberId:regex(^\\d+$)}",
        (string phoneNumberId, string? fields, HttpContext context, GetNumber endpoint) => endpoint.DispatchAsync(phoneNumberId, fields, context));

    private Task DispatchAsync(string id, string? fields, HttpContext context) =>
        media.IsMedia(id) ? media.HandleAsync(id, context) : HandleAsync(id, fields, context);

    private Task HandleAsync(string phoneNumberId, string? fields, HttpContext context)
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

        if (numbers.Find(phoneNumberId) is not { } number || authorization != $"Bearer {number.AccessToken}")
        {
            return GraphAnswers.WriteAsync(context, GraphError.NoSuchObject(phoneNumberId));
        }

        Dictionary<string, JsonNode> all = new()
        {
            ["display_phone_number"] = "+" + number.DisplayPhoneNumber.Insert(2, " ").Insert(8, " "),
            ["verified_name"] = number.BusinessName,
            ["quality_rating"] = faults.IsAlways(Fault.QualityRed) ? "RED" : "GREEN",
            ["throughput"] = new JsonObject { ["level"] = faults.IsAlways(Fault.HighThroughput) ? "HIGH" : "STANDARD" },
            ["is_on_biz_app"] = faults.IsAlways(Fault.OnPhoneApp),
            ["whatsapp_business_manager_messaging_limit"] = "TIER_1K",
        };
        JsonObject answer = [];
        foreach ((string name, JsonNode value) in all.Where(field => fields is null || fields.Split(',').Contains(field.Key)))
        {
            answer[name] = value;
        }

        answer["id"] = phoneNumberId;
        return GraphAnswers.WriteAsync(context, StatusCodes.Status200OK, answer);
    }
}
