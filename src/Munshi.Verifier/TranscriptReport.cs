namespace Munshi.Verifier;

/// <summary>What became of a check of a conversation's transcript.</summary>
internal sealed record TranscriptReport
{
    /// <summary>The workspace; null where the file does not tell it.</summary>
    public required Guid? Log { get; init; }

    public required Guid? Conversation { get; init; }

    /// <summary>When it was made, as sealed.</summary>
    public required DateTimeOffset? At { get; init; }

    public required long Messages { get; init; }

    /// <summary>How many of them stand in the ledger, as proved.</summary>
    public required long Proved { get; init; }

    /// <summary>How many of those have no words here: they were deleted or erased.</summary>
    public required long Wordless { get; init; }

    /// <summary>The entries of the ledger at its checkpoint.</summary>
    public required long Entries { get; init; }

    /// <summary>What signed; null where no trusted key is told.</summary>
    public required string? Key { get; init; }

    /// <summary>Whether the one who checks gave the key.</summary>
    public required bool KeyIsGiven { get; init; }

    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>All, also those not listed.</summary>
    public required long FindingCount { get; init; }

    public bool IsOk => FindingCount == 0;
}
