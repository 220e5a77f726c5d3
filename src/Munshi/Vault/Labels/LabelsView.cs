namespace Munshi.Vault.Labels;

/// <summary>The labels' page.</summary>
public sealed record LabelsView
{
    /// <summary>By name.</summary>
    public required IReadOnlyList<Label> Labels { get; init; }

    /// <summary>For the form of a new one.</summary>
    public required Guid NextId { get; init; }

    /// <summary>What was sent and not done, as it was sent; its id is that of no label where it was to be a new one.</summary>
    public Label? Refused { get; init; }

    /// <summary>The name of the text that says why.</summary>
    public string? Problem { get; init; }

    /// <summary>The name of the text that says what was done.</summary>
    public string? Done { get; init; }
}
