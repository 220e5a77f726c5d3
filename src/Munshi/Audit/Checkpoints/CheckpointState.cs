namespace Munshi.Audit.Checkpoints;

/// <summary>What this process knows of signing. Safe for concurrent use.</summary>
internal sealed class CheckpointState
{
    private volatile string? _refusal;
    private volatile SignedTick? _last;

    /// <summary>Why nothing is signed; null where nothing stands in the way.</summary>
    public string? Refusal
    {
        get => _refusal;
        set => _refusal = value;
    }

    /// <summary>The last checkpoint of the instance log that this process published.</summary>
    public SignedTick? Last
    {
        get => _last;
        set => _last = value;
    }

    internal sealed record SignedTick(long Size, DateTimeOffset At);
}
