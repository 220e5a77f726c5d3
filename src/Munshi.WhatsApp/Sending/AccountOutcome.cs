namespace Munshi.WhatsApp.Sending;

/// <summary>What Graph says of a number or an account while it is set up.</summary>
/// <remarks><see cref="object.ToString"/> is fit for a log.</remarks>
public abstract record AccountOutcome
{
    private AccountOutcome()
    {
    }

    public sealed override string ToString() => this is Refused refused
        ? $"Refused {{ Code = {refused.Code}, HttpStatus = {refused.HttpStatus} }}"
        : GetType().Name;

    /// <param name="DisplayNumber">Digits with country code; null when Graph gave none.</param>
    /// <param name="VerifiedName">As customers see it, at most 256 characters.</param>
    public sealed record Number(string? DisplayNumber, string? VerifiedName) : AccountOutcome;

    /// <summary>How a number is; words as Meta gives them, of letters, digits and <c>_.-</c>, at most 64; null where it gave none.</summary>
    /// <param name="Quality"><c>GREEN</c>, <c>YELLOW</c>, <c>RED</c> or <c>UNKNOWN</c>.</param>
    /// <param name="MessagingLimit">Such as <c>TIER_1K</c>.</param>
    /// <param name="Throughput"><c>STANDARD</c>, <c>HIGH</c> or <c>NOT_APPLICABLE</c>.</param>
    /// <param name="IsOnPhoneApp">Whether its owner's phone uses it too, which holds it at 20 messages a second.</param>
    public sealed record Health(string? Quality, string? MessagingLimit, string? Throughput, bool IsOnPhoneApp) : AccountOutcome
    {
        /// <summary>How many messages a second the number may send; null where Meta does not say.</summary>
        public int? PerSecond => (IsOnPhoneApp, Throughput) switch
        {
            (true, _) => 20,
            (_, "STANDARD") => 80,
            (_, "HIGH") => 1000,
            _ => null,
        };
    }

    /// <param name="IsValid">Whether it still works.</param>
    /// <param name="ExpiresAt">UTC; null where it never ends or Meta does not say.</param>
    public sealed record Token(bool IsValid, DateTimeOffset? ExpiresAt) : AccountOutcome
    {
        /// <summary>Meta's id of the app that the token was made for; null where Meta does not say.</summary>
        public string? AppId { get; init; }
    }

    /// <summary>The apps that an account's webhooks go to.</summary>
    /// <param name="AppIds">Meta's ids; empty where the webhooks go nowhere.</param>
    public sealed record Subscriptions(IReadOnlyList<string> AppIds) : AccountOutcome;

    /// <summary>The account's webhooks go to the token's app.</summary>
    public sealed record Subscribed : AccountOutcome;

    /// <param name="Code">Graph's <c>error.code</c>, or <see cref="GraphErrorClass.NoCode"/>.</param>
    /// <param name="HttpStatus">The status of the answer.</param>
    public sealed record Refused(int Code, int HttpStatus) : AccountOutcome;

    /// <summary>There was no answer, or none that can be read. Both calls are harmless to repeat.</summary>
    public sealed record Unreachable : AccountOutcome;
}
