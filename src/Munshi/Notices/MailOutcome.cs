namespace Munshi.Notices;

/// <summary>What became of handing over one mail.</summary>
internal abstract record MailOutcome
{
    private MailOutcome() { }

    /// <summary>The server took it over.</summary>
    internal sealed record Sent : MailOutcome;

    /// <summary>The server said no for good.</summary>
    /// <param name="Code">SMTP's, 500 to 599.</param>
    internal sealed record Refused(int Code) : MailOutcome;

    /// <summary>The server said not now.</summary>
    /// <param name="Code">SMTP's, 400 to 499.</param>
    internal sealed record Deferred(int Code) : MailOutcome;

    /// <summary>Nothing has left.</summary>
    /// <param name="Reason"><c>unreachable</c>, <c>private-address</c> or <c>no-tls</c>.</param>
    internal sealed record NotSent(string Reason) : MailOutcome;

    /// <summary>The server fell silent; it may have taken the mail over.</summary>
    internal sealed record Unanswered : MailOutcome;
}
