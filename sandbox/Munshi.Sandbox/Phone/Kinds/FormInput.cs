using System.Text.Json.Nodes;

namespace Munshi.Sandbox.Phone.Kinds;

/// <summary>A filled-in form, which Meta calls a flow.</summary>
/// <param name="Response">The answers by name.</param>
/// <param name="Body"><c>Sent</c> unless given.</param>
/// <param name="Name"><c>flow</c> unless given.</param>
internal sealed record FormInput(JsonObject? Response, string? Body = null, string? Name = null)
{
    /// <param name="answered">The message that held the form; null for one that is no longer on the phone.</param>
    public Composition Compose(PhoneMessage? answered)
    {
        if (Response is not { Count: > 0 })
        {
            return new Composition.Refused("form.response must be an object with at least one answer.");
        }

        if (Body is { Length: 0 or > 1000 } || Name is { Length: 0 or > 100 })
        {
            return new Composition.Refused("form.body must have 1 to 1000 characters, form.name 1 to 100.");
        }

        JsonObject reply = new() { ["name"] = Name ?? "flow", ["body"] = Body ?? "Sent", ["response_json"] = Response.ToJsonString() };
        return new Composition.Composed("interactive", "Filled-in form", new JsonObject { ["type"] = "nfm_reply", ["nfm_reply"] = reply }, answered)
        {
            AnswersEarlier = answered is null,
            Details = [new MessageDetail("form", "Filled-in form", [.. Response.Where(answer => answer.Key != "flow_token").Select(answer => $"{answer.Key}: {answer.Value}")])],
        };
    }
}
