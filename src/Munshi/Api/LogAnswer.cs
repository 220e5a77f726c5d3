namespace Munshi.Api;

/// <summary>How far the workspace's log is signed.</summary>
/// <param name="Origin">The log's name, which its checkpoints bear.</param>
/// <param name="Size">The number of entries that the newest checkpoint covers.</param>
/// <param name="Root">The root of their tree, in base64.</param>
/// <param name="Checkpoint">The newest checkpoint, a C2SP signed note.</param>
/// <param name="Time">When it was signed, UTC with six decimals; null where its tick cannot be read.</param>
/// <param name="VerifierKey">The key under which the log's checkpoints are checked.</param>
/// <param name="InstanceVerifierKey">The key under which those of the instance log are.</param>
internal sealed record LogAnswer(string Origin, long Size, string Root, string Checkpoint, string? Time, string? VerifierKey, string? InstanceVerifierKey);
