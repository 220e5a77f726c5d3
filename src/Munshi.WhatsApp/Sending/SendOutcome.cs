namespace Munshi.WhatsApp.Sending;

/// <summary>What is known of a call to Graph once it has ended.</summary>
/// <remarks><see cref="object.ToString"/> is fit for a log: it names no customer, id or text of Meta's.</remarks>
public abstract record SendOutcome
{
    private SendOutcome()
    {
    }

    public sealed override string ToString() => this switch
    {
        Refused refused => $"Refused {{ Code = {refused.Code}, HttpStatus = {refused.HttpStatus}, Class = {refused.Class} }}",
        NotSent notSent => $"NotSent {{ Reason = {notSent.Reason} }}",
        Uncertain uncertain => $"Uncertain {{ Reason = {uncertain.Reason} }}",
        _ => nameof(Accepted),
    };

    /// <summary>Meta took it: not yet sent, not delivered.</summary>
    /// <param name="ProviderId">The <c>wamid</c>; of a read mark, that of the message marked.</param>
    /// <param name="WaId">The customer's WhatsApp id, which may differ from the number given.</param>
    /// <param name="UserId">The customer's business-scoped user id.</param>
    public sealed record Accepted(string ProviderId, string? WaId, string? UserId) : SendOutcome;

    /// <summary>Meta, or something before it, answered no: nothing was sent.</summary>
    /// <param name="Code">Graph's <c>error.code</c>, or <see cref="GraphErrorClass.NoCode"/>.</param>
    /// <param name="Details"><c>error_data.details</c>, at most 1,024 characters. Graph's <c>message</c> is not kept: it may repeat the token.</param>
    /// <param name="HttpStatus">The status of the answer.</param>
    /// <param name="TraceId"><c>fbtrace_id</c>, for Meta's support.</param>
    /// <param name="Class">What to do.</param>
    /// <param name="RetryAfter">The server's wish, at most a day.</param>
    public sealed record Refused(int Code, string? Details, int HttpStatus, string? TraceId, RetryClass Class, TimeSpan? RetryAfter) : SendOutcome;

    /// <summary>It failed before a byte of the message left: safe to try again.</summary>
    public sealed record NotSent(NotSentReason Reason) : SendOutcome;

    /// <summary>It may have been sent. There is no idempotency key: never send it again blindly, wait for the status.</summary>
    public sealed record Uncertain(UncertainReason Reason) : SendOutcome;
}
