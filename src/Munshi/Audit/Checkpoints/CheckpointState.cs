using Munshi.Audit.Witnesses;

namespace Munshi.Audit.Checkpoints;

/// <summary>What this process knows of signing. Safe for concurrent use.</summary>
internal sealed class CheckpointState
{
    private volatile string? _refusal;
    private volatile string? _witnessRefusal;
    private volatile string? _waiting;
    private volatile WitnessSummary? _witnesses;
    private volatile bool _awaitsWitnesses;

    /// <summary>Why nothing is signed; null where nothing stands in the way. Setting it leaves <see cref="WitnessRefusal"/> as it is.</summary>
    public string? Refusal
    {
        get => _witnessRefusal ?? _refusal;
        set => _refusal = value;
    }

    /// <summary>What a witness showed that this log never signed, or no longer has; stays until the process ends.</summary>
    public string? WitnessRefusal
    {
        get => _witnessRefusal;
        set => _witnessRefusal = value;
    }

    /// <summary>Whether a witness has not had its say since this process began to serve: until then it may be the only one to know that the database is an old one.</summary>
    public bool AwaitsWitnesses
    {
        get => _awaitsWitnesses;
        set => _awaitsWitnesses = value;
    }

    /// <summary>Which witnesses the first signature waits for, for example <c>waiting for 1 of 2 witnesses</c>; null where it waits for none.</summary>
    public string? Waiting
    {
        get => _waiting;
        set => _waiting = value;
    }

    /// <summary>How the witnesses stand; null before they are looked at.</summary>
    public WitnessSummary? Witnesses
    {
        get => _witnesses;
        set => _witnesses = value;
    }
}
