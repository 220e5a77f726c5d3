using Microsoft.Extensions.Caching.Memory;
using Munshi.Access;
using Munshi.Channels.Receipts;
using Munshi.Database;
using Munshi.Web;

namespace Munshi.Vault;

/// <summary><c>POST /inbox/{id}/typing</c>: a person has begun to write an answer, and the customer sees "typing…"; at most every 20 s, as it shows for 25 s.</summary>
internal static class TellTyping
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(20);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/inbox/{id:guid}/typing", HandleAsync)
        .WithName(nameof(TellTyping))
        .ForMembers()
        .AddEndpointFilter<FormTokenFilter>()
        .DisableAntiforgery();

    internal static async Task<IResult> HandleAsync(
        Guid id, SignedIn person, WorkspaceDatabase database, IMemoryCache told, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (told.TryGetValue((nameof(TellTyping), person.ClientId, id), out _))
        {
            return TypedResults.NoContent();
        }

        bool known = await database.TransactAsync(person.ClientId, async transaction =>
        {
            if (await Conversations.LockAsync(transaction, id) is not { } conversation)
            {
                return false;
            }

            DateTimeOffset now = clock.GetMicrosecondNow();
            bool another = conversation.Owner is OwnerKind.Person && conversation.OwnerPersonId != person.PersonId;
            if (!another && conversation.WindowIsOpen(now))
            {
                ReadMarks.Tell(transaction, ReadMarks.TypingJob, id, now);
            }

            return true;
        }, cancellationToken);
        if (!known)
        {
            return TypedResults.NotFound();
        }

        told.Set((nameof(TellTyping), person.ClientId, id), true, Pause);
        return TypedResults.NoContent();
    }
}
