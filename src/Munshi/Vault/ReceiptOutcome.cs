namespace Munshi.Vault;

/// <summary>What became of a provider's update in the vault.</summary>
internal abstract record ReceiptOutcome
{
    private ReceiptOutcome() { }

    /// <param name="Id">The message, or the status report.</param>
    internal sealed record Stored(Guid Id) : ReceiptOutcome
    {
        /// <summary>The message that a status report is about; null where a message was stored.</summary>
        public Guid? ReportedOn { get; init; }
    }

    /// <summary>What it says was taken in; it became no message of its own.</summary>
    internal sealed record Noted : ReceiptOutcome;

    /// <summary>It stood there already.</summary>
    internal sealed record Duplicate : ReceiptOutcome;

    /// <summary>What it is about has not come yet (a status before the answer to the sending): try again.</summary>
    internal sealed record NotYet : ReceiptOutcome;

    /// <param name="Reason">One of our own reason words.</param>
    internal sealed record Unusable(string Reason) : ReceiptOutcome;
}
