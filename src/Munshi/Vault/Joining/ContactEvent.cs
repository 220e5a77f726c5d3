namespace Munshi.Vault.Joining;

/// <summary>What became of a customer's contact once.</summary>
public sealed record ContactEvent
{
    public required Guid Id { get; init; }

    public required ContactEventKind Kind { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Whether a member of staff did it; else WhatsApp told it.</summary>
    public required bool ByPerson { get; init; }

    /// <summary>Absent for one who has left.</summary>
    public string? ByName { get; init; }

    /// <summary>What went from one contact to the other.</summary>
    public required IReadOnlyList<KnownAs> Moved { get; init; }

    /// <summary>A merge into this contact of which something is here yet, beside something else.</summary>
    public bool CanUndo { get; init; }

    public override string ToString() => $"{nameof(ContactEvent)} {Id}";
}
