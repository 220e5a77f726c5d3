using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Munshi.Sandbox.Mail;

/// <summary><c>GET /mail/messages</c>: the last 200 mails, oldest first; <c>?after=ID&amp;wait=10</c> only newer ones, waiting up to 10 s for the first.</summary>
internal static class ListMail
{
    private const int MaxWaitSeconds = 60;

    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/messages", HandleAsync);
        group.MapGet("/server", (SmtpServer server) => TypedResults.Ok(new { host = "127.0.0.1", port = server.Port }));
    }

    private static async Task<Results<Ok<ReceivedMail[]>, ProblemHttpResult>> HandleAsync(
        string? after, string? wait, Mailbox mailbox, CancellationToken cancellationToken)
    {
        if (!TryRead(after, long.MaxValue, out long id) || !TryRead(wait, MaxWaitSeconds, out long seconds))
        {
            return TypedResults.Problem(
                $"after must be the id of a mail, wait a whole number of seconds from 0 to {MaxWaitSeconds}.", statusCode: StatusCodes.Status400BadRequest);
        }

        await mailbox.UntilAfterAsync(id, TimeSpan.FromSeconds(seconds), cancellationToken);
        return TypedResults.Ok(mailbox.All.Where(mail => mail.Id > id).ToArray());
    }

    private static bool TryRead(string? text, long max, out long number)
    {
        number = 0;
        return text is null || (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= max);
    }
}
