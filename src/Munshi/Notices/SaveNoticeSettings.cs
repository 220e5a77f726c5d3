using Munshi.Access;
using Munshi.Audit;
using Munshi.Web;

namespace Munshi.Notices;

/// <summary><c>POST /settings/notices</c>: keeps what an owner wants to be mailed, where and when.</summary>
internal static class SaveNoticeSettings
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost(NoticeUrls.Settings, HandleAsync)
        .WithName(nameof(SaveNoticeSettings))
        .ForOwners()
        .AddEndpointFilter<FormTokenFilter>()
        .DisableAntiforgery();

    internal static async Task<IResult> HandleAsync(
        HttpContext context, SignedIn person, NoticeRecipients recipients, NoticesScreen screen, CancellationToken cancellationToken)
    {
        NoticesForm form = NoticesForm.Read(await context.Request.ReadFormAsync(cancellationToken));
        (NoticePreferences chosen, IReadOnlyList<string> wrong) = form.Check();
        if (wrong.Count > 0)
        {
            return await screen.ShowAsync(context, person, before: null, form with { Wrong = wrong }, done: null, cancellationToken);
        }

        await recipients.SaveAsync(person.ClientId, person.PersonId, chosen, Actor.Person(person.PersonId), cancellationToken);
        return TypedResults.LocalRedirect($"{NoticeUrls.Settings}?done=saved");
    }
}
