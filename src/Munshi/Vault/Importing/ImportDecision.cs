namespace Munshi.Vault.Importing;

/// <summary>What an import decided of one record of its file.</summary>
/// <param name="Record">Its place in the file, from 0; null where the file does not hold what is kept.</param>
/// <param name="Outcome"><c>new</c>, <c>same</c>, <c>changed</c> (an event of what had become of a message), or <c>absent</c>.</param>
/// <param name="MessageId">The message, or the event.</param>
/// <param name="Kind">As in <c>vault.message</c>.</param>
/// <param name="At">Where it stands.</param>
/// <param name="Differs">Whether the file says it otherwise; its lines are kept then.</param>
internal sealed record ImportDecision(long? Record, string Outcome, Guid MessageId, string Kind, DateTimeOffset At, bool Differs);
