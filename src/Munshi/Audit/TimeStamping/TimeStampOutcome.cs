namespace Munshi.Audit.TimeStamping;

/// <summary>How a request for a time stamp ended.</summary>
internal abstract record TimeStampOutcome
{
    private TimeStampOutcome()
    {
    }

    public sealed record Stamped(TimeStamp Stamp) : TimeStampOutcome;

    /// <param name="Reason">For example <c>the authority did not answer</c>; holds nothing that the authority wrote.</param>
    public sealed record Failed(string Reason) : TimeStampOutcome;
}
