using Microsoft.AspNetCore.Http.HttpResults;
using Munshi.Access.Pages;
using Munshi.Web;

namespace Munshi.Access;

/// <summary><c>POST /sign-out</c>: ends the session, and with it the streams of its pages.</summary>
internal static class SignOut
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/sign-out", HandleAsync)
        .WithName(nameof(SignOut))
        .ForMembers()
        .AddEndpointFilter<FormTokenFilter>()
        .DisableAntiforgery();

    internal static async Task<RazorComponentResult<SignedOutPage>> HandleAsync(
        HttpContext context, SignedIn person, Sessions sessions, PageContextSource pages, SignInCommand command, CancellationToken cancellationToken)
    {
        await sessions.EndAsync(person, cancellationToken);
        SessionCookie.Delete(context);
        return new(new Dictionary<string, object?>
        {
            [nameof(SignedOutPage.Page)] = pages.Create(context, viewer: null),
            [nameof(SignedOutPage.Command)] = await command.OfAsync(context, cancellationToken),
        });
    }
}
