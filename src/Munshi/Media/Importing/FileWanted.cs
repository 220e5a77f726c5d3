namespace Munshi.Media.Importing;

/// <summary>A message that names a file of an export and stands without it.</summary>
/// <param name="MessageId">The message.</param>
/// <param name="ConversationId">Its conversation.</param>
/// <param name="KeyId">The data key of its identifier and month.</param>
/// <param name="NumberId">The number of its conversation; null while none is connected.</param>
/// <param name="ToldAt">When it was sent.</param>
internal sealed record FileWanted(Guid MessageId, Guid ConversationId, Guid KeyId, Guid? NumberId, DateTimeOffset ToldAt);
