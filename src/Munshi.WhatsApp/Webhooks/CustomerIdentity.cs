namespace Munshi.WhatsApp.Webhooks;

/// <summary>By what a customer is known in one update; any of them may be missing, all of them too.</summary>
/// <param name="Phone">Digits with country code and no plus, at most 20.</param>
/// <param name="UserId">The business-scoped user id, such as <c>IN.77…</c>, byte for byte; another in each business portfolio.</param>
/// <param name="ParentUserId">The id across linked portfolios, <c>IN.ENT.…</c>.</param>
public sealed record CustomerIdentity(string? Phone, string? UserId, string? ParentUserId) : PayloadPart
{
    public static readonly CustomerIdentity None = new(null, null, null);

    public bool IsNone => Phone is null && UserId is null && ParentUserId is null;
}
