namespace Munshi.Audit.Witnesses;

/// <summary>What came of handing a witness a checkpoint.</summary>
internal abstract record SubmitOutcome
{
    private SubmitOutcome()
    {
    }

    /// <summary>Its line is verified and stored.</summary>
    public sealed record Cosigned : SubmitOutcome;

    /// <param name="Size">What it says that it cosigned: more than it was handed.</param>
    public sealed record Ahead(long Size) : SubmitOutcome;

    /// <param name="Size">Where what it cosigned and what is stored here part.</param>
    public sealed record OtherHistory(long Size) : SubmitOutcome;

    /// <param name="Reason">Continues "the witness …".</param>
    public sealed record NotCosigned(string Reason) : SubmitOutcome;
}
