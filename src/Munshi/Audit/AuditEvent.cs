namespace Munshi.Audit;

/// <summary>One act, to be written in the act's own transaction.</summary>
/// <param name="Actor">Who did it.</param>
/// <param name="Action"><c>noun.verb</c> in lower case, for example <c>message.received</c>.</param>
/// <param name="ObjectKind">What it was done to: lower case letters and hyphens.</param>
/// <param name="ObjectId">The object's id.</param>
/// <param name="At">When, to the microsecond.</param>
/// <param name="Commitment">32 bytes: <see cref="RecordCommitment"/> of the immutable record, where there is one.</param>
/// <param name="CiphertextHash">32 bytes: SHA-256 over the record's sealed columns, where there are any.</param>
internal sealed record AuditEvent(
    Actor Actor, string Action, string ObjectKind, Guid ObjectId, DateTimeOffset At, byte[]? Commitment = null, byte[]? CiphertextHash = null);
