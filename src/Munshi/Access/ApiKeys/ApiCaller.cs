namespace Munshi.Access.ApiKeys;

/// <summary>Whose program calls: the workspace of the key that it came with.</summary>
internal sealed record ApiCaller(Guid ClientId, Guid KeyId, bool MaySend)
{
    /// <summary>The caller who was let in.</summary>
    /// <exception cref="InvalidOperationException">The request did not come through the API's door.</exception>
    public static ApiCaller Of(HttpContext context) =>
        context.Features.Get<ApiCaller>() ?? throw new InvalidOperationException("This request did not come through the API's door.");
}
