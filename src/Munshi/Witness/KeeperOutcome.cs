namespace Munshi.Witness;

/// <summary>What the keeper has under an installation's epoch.</summary>
internal abstract record KeeperOutcome
{
    private KeeperOutcome()
    {
    }

    /// <param name="SealedKey">As it was put.</param>
    public sealed record Kept(byte[] SealedKey) : KeeperOutcome;

    public sealed record Missing : KeeperOutcome;

    /// <summary>Other bytes than those that were to be put; they stay.</summary>
    public sealed record Other : KeeperOutcome;

    /// <summary>Gone for good; nothing is put there any more.</summary>
    public sealed record Destroyed : KeeperOutcome;
}
