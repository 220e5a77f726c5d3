namespace Munshi.Vault;

/// <summary>How a change of owner ended.</summary>
internal abstract record OwnershipOutcome
{
    private OwnershipOutcome() { }

    /// <summary>It is so now; also when it was so before.</summary>
    internal sealed record Changed(long Epoch) : OwnershipOutcome
    {
        /// <summary>Who had it; null when nothing changed.</summary>
        public FormerOwner? Before { get; init; }
    }

    /// <summary>Somebody else changed it since the person looked.</summary>
    internal sealed record Overtaken(OwnerKind Owner, Guid? PersonId) : OwnershipOutcome;

    /// <summary>The conversation goes on in another one, and that is to be taken.</summary>
    internal sealed record GoesOnElsewhere : OwnershipOutcome;

    /// <summary>This workspace has no such conversation.</summary>
    internal sealed record Unknown : OwnershipOutcome;
}
