namespace Munshi.Bench.Audit;

/// <param name="ClientId">The workspace.</param>
/// <param name="Id">The conversation.</param>
/// <param name="IdentifierId">The customer's.</param>
/// <param name="KeyId">A data key of that identifier.</param>
/// <param name="PersonId">The member of staff.</param>
internal sealed record BenchConversation(Guid ClientId, Guid Id, Guid IdentifierId, Guid KeyId, Guid PersonId);
