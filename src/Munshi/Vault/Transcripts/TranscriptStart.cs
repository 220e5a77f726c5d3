namespace Munshi.Vault.Transcripts;

/// <summary>How the saving of a conversation began.</summary>
internal abstract record TranscriptStart
{
    private TranscriptStart()
    {
    }

    /// <summary>It is recorded, and can be written.</summary>
    internal sealed record Begun(TranscriptPlan Plan) : TranscriptStart;

    /// <summary>This workspace has no such conversation.</summary>
    internal sealed record Unknown : TranscriptStart;

    /// <summary>No checkpoint of the workspace was signed yet with the key that lies here.</summary>
    internal sealed record Unsigned : TranscriptStart;
}
