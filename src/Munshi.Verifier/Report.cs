namespace Munshi.Verifier;

/// <summary>What the verifier says.</summary>
internal sealed record Report
{
    /// <summary>The workspace; null where the checkpoint does not tell it.</summary>
    public required Guid? Log { get; init; }

    /// <summary>The size of the signed checkpoint.</summary>
    public required long Entries { get; init; }

    public required long Records { get; init; }

    /// <summary>Entries whose record is lost, as <see cref="Restores"/> say.</summary>
    public required long Lost { get; init; }

    /// <summary>Entries whose record, or its key, is gone, as <see cref="Erasures"/> say.</summary>
    public required long Erased { get; init; }

    /// <summary>Entries whose plaintext was left out, with their ciphertext there.</summary>
    public required long Withheld { get; init; }

    /// <summary>What is told of the archive that the export is part of; null where it is none.</summary>
    public ArchiveFacts? Archive { get; init; }

    public required IReadOnlyList<Erasure> Erasures { get; init; }

    public required IReadOnlyList<Restore> Restores { get; init; }

    public required IReadOnlyList<NewName> Names { get; init; }

    /// <summary>The log's key as a vkey; null where none was accepted.</summary>
    public required string? Key { get; init; }

    /// <summary>Whether the key was told by the one who checks, not by the export.</summary>
    public required bool KeyIsGiven { get; init; }

    /// <summary>The instant of the tick of the instance log that holds the checkpoint.</summary>
    public required DateTimeOffset? Tick { get; init; }

    /// <summary>The witnesses of the policy whose cosignatures hold.</summary>
    public required IReadOnlyList<string> Witnesses { get; init; }

    public required IReadOnlyList<Finding> Findings { get; init; }

    public required long FindingCount { get; init; }

    public required TimeSpan Duration { get; init; }

    public bool IsOk => FindingCount == 0;
}
