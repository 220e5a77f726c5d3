namespace Munshi.Audit.Verifying;

internal enum VerificationScope
{
    /// <summary>Chains and audit events, round after round.</summary>
    Tail,

    /// <summary>Everything that <see cref="LedgerVerifier"/> looks at.</summary>
    Full,
}
