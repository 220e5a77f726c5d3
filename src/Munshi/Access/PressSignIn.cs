using Munshi.Web;

namespace Munshi.Access;

/// <summary><c>POST /sign-in/{token}</c>: the button consumes the link and opens a session in this browser, in place of any other.</summary>
internal static class PressSignIn
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/sign-in/{token}", HandleAsync)
        .WithName(nameof(PressSignIn))
        .ForVisitors()
        .AddEndpointFilter<FormTokenFilter>()
        .DisableAntiforgery();

    internal static async Task<IResult> HandleAsync(
        string token, HttpContext context, SignInLinks links, Sessions sessions, PageContextSource pages, SignInCommand command, CancellationToken cancellationToken)
    {
        if (await links.RedeemAsync(token, cancellationToken) is not { } session)
        {
            return await ShowSignIn.UnusableAsync(context, sessions, pages, command, cancellationToken);
        }

        if (await sessions.FindAsync(SessionCookie.Read(context.Request), cancellationToken) is { } earlier)
        {
            await sessions.EndAsync(earlier, cancellationToken);
        }

        SessionCookie.Write(context, session);
        return TypedResults.LocalRedirect("/inbox");
    }
}
