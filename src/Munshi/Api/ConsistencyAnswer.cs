using Munshi.Audit.Proving;

namespace Munshi.Api;

/// <summary>That the workspace's log only grew between two of its checkpoints.</summary>
/// <param name="From">The older size.</param>
/// <param name="To">The newer size.</param>
/// <param name="Hashes">In base64: RFC 9162, section 2.1.4.1; none where both sizes are the same.</param>
/// <param name="FromCheckpoint">The older checkpoint, a C2SP signed note.</param>
/// <param name="ToCheckpoint">The newer one.</param>
internal sealed record ConsistencyAnswer(long From, long To, IReadOnlyList<string> Hashes, string FromCheckpoint, string ToCheckpoint)
{
    public static ConsistencyAnswer Of(long from, long to, ContinuationProof proof) =>
        new(from, to, [.. proof.Hashes.Select(hash => hash.ToBase64())], proof.From.ToString(), proof.To.ToString());
}
