namespace Munshi.Vault.Joining;

/// <summary>Which identifiers leave a contact, and where to.</summary>
internal sealed record SplitPlan
{
    public required Guid EventId { get; init; }

    public required Guid ContactId { get; init; }

    /// <summary>A contact that has nothing.</summary>
    public required Guid TargetId { get; init; }

    /// <summary>At least one.</summary>
    public required IReadOnlyList<Guid> Staying { get; init; }

    /// <summary>At least one.</summary>
    public required IReadOnlyList<Guid> Going { get; init; }

    /// <summary>Conversations that go too unless one of those who stay wrote in them: what a merge brought that is taken back.</summary>
    public IReadOnlyList<Guid> GivenBack { get; init; } = [];

    public Guid? Undoes { get; init; }
}
