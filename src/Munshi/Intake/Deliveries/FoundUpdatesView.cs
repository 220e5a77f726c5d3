namespace Munshi.Intake.Deliveries;

/// <summary>What a provider's id leads to.</summary>
public sealed record FoundUpdatesView
{
    /// <summary>As it was given.</summary>
    public required string ProviderId { get; init; }

    /// <summary>The updates that name it, newest first, at most 50.</summary>
    public IReadOnlyList<UpdateRow> Rows { get; init; } = [];

    /// <summary>The message that has it; null where none was found.</summary>
    public string? ConversationUrl { get; init; }

    /// <summary>Whether the id tells no phone number, so that messages could not be searched.</summary>
    public bool IsWithoutPhone { get; init; }

    /// <summary>Whether it is no id that could be searched for.</summary>
    public bool IsBad { get; init; }

    public override string ToString() => nameof(FoundUpdatesView);
}
