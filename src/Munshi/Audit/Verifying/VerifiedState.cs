namespace Munshi.Audit.Verifying;

/// <summary>Since this server began: whether a round came to its end, and what the last pass that found something found. Safe for concurrent use.</summary>
internal sealed class VerifiedState
{
    private volatile LedgerFinding? _bad;
    private volatile bool _roundDone;

    /// <summary>A difference that no later round has found gone.</summary>
    public LedgerFinding? Bad
    {
        get => _bad;
        set => _bad = value;
    }

    /// <summary>Whether every row was looked at once.</summary>
    public bool RoundDone
    {
        get => _roundDone;
        set => _roundDone = value;
    }
}
