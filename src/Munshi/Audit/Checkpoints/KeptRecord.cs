namespace Munshi.Audit.Checkpoints;

/// <summary>A record among the kept leaves.</summary>
/// <param name="Segment">The file's name.</param>
/// <param name="Offset">Where its length stands, in bytes from the file's beginning.</param>
/// <param name="IsFirst">Whether it is the first that another signer kept than the one before.</param>
/// <param name="Bytes">As kept.</param>
internal sealed record KeptRecord(string Segment, long Offset, bool IsFirst, byte[] Bytes);
