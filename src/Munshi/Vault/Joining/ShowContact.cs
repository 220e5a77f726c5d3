using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Munshi.Access;
using Munshi.Web;

namespace Munshi.Vault.Joining;

/// <summary>
/// <c>GET /inbox/{id}/contact?found=</c>: who a conversation is with, and whom they may be one with. <c>POST</c> of it seals what is looked for, so that no
/// address holds it.
/// </summary>
internal static class ShowContact
{
    /// <summary>UTF-16 code units; no name is longer.</summary>
    private const int MaxSought = 200;

    private const int MaxBodyBytes = 16 * 1024;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/inbox/{id:guid}/contact", HandleAsync).WithName(nameof(ShowContact)).ForMembers();
        routes.MapPost("/inbox/{id:guid}/contact", FindAsync)
            .WithName($"{nameof(ShowContact)}.Find")
            .WithMetadata(new RequestSizeLimitAttribute(MaxBodyBytes))
            .ForMembers()
            .AddEndpointFilter<FormTokenFilter>()
            .DisableAntiforgery();
    }

    internal static Task<IResult> HandleAsync(
        Guid id, HttpContext context, SignedIn person, Guid? done, string? found, SoughtWords words, ContactScreen screen, CancellationToken cancellationToken) => screen.ShowAsync(
            context, person, id, words.Open(person, found), StatusCodes.Status200OK,
            view => view with { Done = view.History is [{ } newest, ..] && newest.Id == done ? newest.Kind : null }, cancellationToken);

    internal static async Task<Results<RedirectHttpResult, BadRequest>> FindAsync(
        Guid id, HttpContext context, SignedIn person, SoughtWords words, CancellationToken cancellationToken)
    {
        string sought = (await context.Request.ReadFormAsync(cancellationToken))["q"].ToString().Trim();
        if (sought.Length > MaxSought)
        {
            return TypedResults.BadRequest();
        }

        return TypedResults.LocalRedirect(sought.Length == 0 ? ContactUrls.Contact(id) : ContactUrls.Found(id, words.Seal(person, sought)));
    }
}
