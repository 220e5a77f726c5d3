using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Munshi.Sandbox.Control;

namespace Munshi.Sandbox.Phone;

/// <summary>
/// <c>GET /phone/{number}/messages</c>: both sides, oldest first. <c>after=</c> an id leaves out what is not newer;
/// <c>changedAfter=</c> a version leaves out what has not changed; <c>wait=</c> waits that many seconds for the first thing to show.
/// </summary>
internal static class GetMessages
{
    private const int MaxWaitSeconds = 60;

    public static void Map(RouteGroupBuilder group) => group.MapGet("/{number}/messages", HandleAsync);

    private static async Task<Results<Ok<IEnumerable<PhoneMessageView>>, ProblemHttpResult>> HandleAsync(
        [AsParameters] PhoneAddress address,
        string? after,
        string? changedAfter,
        string? wait,
        Phones phones,
        ReadReceipts receipts,
        CancellationToken cancellationToken)
    {
        if (address.Read(out CustomerNumber customer, out BusinessNumber business) is { } wrong)
        {
            return wrong;
        }

        long? sequence = null;
        if (after is not null)
        {
            if (!PhoneMessage.TryReadId(after, out long read))
            {
                return Refuse("after must be the id of a message.");
            }

            sequence = read;
        }

        long? version = null;
        if (changedAfter is not null)
        {
            if (!long.TryParse(changedAfter, NumberStyles.None, CultureInfo.InvariantCulture, out long read))
            {
                return Refuse("changedAfter must be a version.");
            }

            version = read;
        }

        int seconds = 0;
        if (wait is not null && (!int.TryParse(wait, NumberStyles.None, CultureInfo.InvariantCulture, out seconds) || seconds > MaxWaitSeconds))
        {
            return Refuse($"wait must be a whole number of seconds from 0 to {MaxWaitSeconds}.");
        }

        PhoneThread thread = phones.Thread(business.PhoneNumberId, customer);
        long newerThan = sequence ?? thread.LastSequence;
        await thread.UntilAsync(
            () => version is null || sequence is not null ? thread.LastSequence > newerThan : thread.Version > version,
            TimeSpan.FromSeconds(seconds),
            cancellationToken);

        (IReadOnlyList<PhoneMessageView> messages, _) = receipts.Open(business, thread);
        return TypedResults.Ok(messages.Where(message =>
            (after is null || (PhoneMessage.TryReadId(message.Id, out long own) && own > sequence)) && (version is null || message.Version > version)));
    }

    private static ProblemHttpResult Refuse(string reason) => TypedResults.Problem(reason, statusCode: StatusCodes.Status400BadRequest);
}
