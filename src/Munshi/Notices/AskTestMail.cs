using Munshi.Access;
using Munshi.Audit;
using Munshi.Database;
using Munshi.Web;

namespace Munshi.Notices;

/// <summary><c>POST /settings/notices/test</c>: a mail to oneself, at once.</summary>
internal static class AskTestMail
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost(NoticeUrls.Test, HandleAsync)
        .WithName(nameof(AskTestMail))
        .ForOwners()
        .AddEndpointFilter<FormTokenFilter>()
        .DisableAntiforgery();

    internal static async Task<IResult> HandleAsync(SignedIn person, WorkspaceDatabase database, TimeProvider clock, CancellationToken cancellationToken)
    {
        DateTimeOffset now = clock.GetMicrosecondNow();
        await database.TransactAsync(person.ClientId, transaction =>
        {
            NoticeBoard.Raise(transaction, TestMail.To(person.PersonId), now);
            AuditTrail.Record(transaction, new AuditEvent(Actor.Person(person.PersonId), "notice.test-asked", "person", person.PersonId, now));
            return Task.FromResult(true);
        }, cancellationToken);
        return TypedResults.LocalRedirect($"{NoticeUrls.Settings}?done=test");
    }
}
