namespace Munshi.Vault.Fields;

/// <summary>The fields' page.</summary>
public sealed record FieldsView
{
    /// <summary>The oldest first.</summary>
    public required IReadOnlyList<Field> Fields { get; init; }

    /// <summary>For the form of a new one.</summary>
    public required Guid NextId { get; init; }

    /// <summary>What was sent and not done, as it was sent; its id is that of no field where it was to be a new one.</summary>
    public Field? Refused { get; init; }

    /// <summary>The name of the text that says why.</summary>
    public string? Problem { get; init; }

    /// <summary>The name of the text that says what was done.</summary>
    public string? Done { get; init; }
}
