using System.Text.Json.Nodes;

namespace Munshi.Sandbox.Phone;

/// <summary>What a business learns of a customer.</summary>
/// <param name="Username">Without an at sign; null where the customer has none.</param>
/// <param name="IsPhoneKeptBack">Then the user id is all that names the customer.</param>
internal sealed record CustomerIdentity(CustomerNumber Number, string ProfileName, string? Username, bool IsPhoneKeptBack)
{
    public string UserId => Number.UserId;

    /// <summary>Null while it is kept back.</summary>
    public string? Phone => IsPhoneKeptBack ? null : Number.Digits;

    /// <summary>The item of a webhook's <c>contacts[]</c>.</summary>
    public JsonObject Contact()
    {
        JsonObject profile = new() { ["name"] = ProfileName };
        if (Username is not null)
        {
            profile["username"] = Username;
        }

        JsonObject contact = new() { ["profile"] = profile };
        if (Phone is not null)
        {
            contact["wa_id"] = Phone;
        }

        contact["user_id"] = UserId;
        return contact;
    }
}
