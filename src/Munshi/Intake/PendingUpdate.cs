namespace Munshi.Intake;

/// <summary>An update that nothing has become of yet.</summary>
/// <param name="Id">The update.</param>
/// <param name="Kind">What it tells of.</param>
/// <param name="ReceivedAt">When its delivery was acknowledged.</param>
/// <param name="KeyId">The intake key.</param>
/// <param name="Body">The update, sealed.</param>
internal sealed record PendingUpdate(Guid Id, string Kind, DateTimeOffset ReceivedAt, Guid KeyId, byte[] Body);
