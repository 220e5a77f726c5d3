using System.Text.Json.Nodes;

namespace Munshi.Sandbox.Phone.Kinds;

/// <summary>The customer moves to another number, which brings another user id.</summary>
internal static class NumberChange
{
    public static Composition Compose(CustomerIdentity before, string written)
    {
        if (CustomerNumber.TryCreateWritten(written) is not { } now)
        {
            return new Composition.Refused(CustomerNumber.Rule);
        }

        return now == before.Number
            ? new Composition.Refused("That is the customer's number already.")
            : Composed(before, now);
    }

    /// <summary>What one business is told.</summary>
    public static Composition.Composed Composed(CustomerIdentity before, CustomerNumber now)
    {
        bool isKeptBack = before.IsPhoneKeptBack;
        JsonObject part = new()
        {
            ["type"] = "user_changed_number",
            ["body"] = $"User {before.ProfileName} changed from {(isKeptBack ? before.UserId : before.Number.Digits)} to {(isKeptBack ? now.UserId : now.Digits)}",
        };
        if (!isKeptBack)
        {
            part["wa_id"] = now.Digits;
        }

        part["user_id"] = now.UserId;
        return new Composition.Composed("system", $"You changed your number to +{now.Digits}", part);
    }
}
