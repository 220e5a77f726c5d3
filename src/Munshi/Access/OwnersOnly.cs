namespace Munshi.Access;

/// <summary>Answers 403 to a member who is not an owner of the workspace.</summary>
internal sealed class OwnersOnly : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.HttpContext.Features.Get<SignedIn>() is { Role: MemberRole.Owner }
            ? await next(context)
            : TypedResults.StatusCode(StatusCodes.Status403Forbidden);
}
