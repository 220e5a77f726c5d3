using Munshi.Access;
using Munshi.Audit;
using Munshi.Vault.Importing;
using Munshi.Web;

namespace Munshi.Import;

/// <summary><c>POST /settings/imports/{id}/withdraw</c>: takes an import back as a whole. Asked twice, it is done once.</summary>
internal static class WithdrawImport
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost(ShowImports.Url + "/{id:guid}/withdraw", HandleAsync)
        .WithName(nameof(WithdrawImport))
        .ForOwners()
        .AddEndpointFilter<FormTokenFilter>()
        .DisableAntiforgery();

    internal static async Task<IResult> HandleAsync(Guid id, SignedIn person, ImportWithdrawals withdrawals, CancellationToken cancellationToken)
    {
        await withdrawals.WithdrawAsync(person.ClientId, id, Actor.Person(person.PersonId), cancellationToken);
        return TypedResults.LocalRedirect(ShowImports.Url + "?done=1");
    }
}
