namespace Munshi.Search.Index;

/// <summary>A message as it goes into the index.</summary>
/// <param name="Id">The message.</param>
/// <param name="At">Where it stands in time.</param>
/// <param name="ConversationId">Its conversation.</param>
/// <param name="Texts">What is searched of it; empty takes it out.</param>
internal sealed record IndexEntry(Guid Id, DateTimeOffset At, Guid ConversationId, IReadOnlyList<string> Texts)
{
    public override string ToString() => $"{nameof(IndexEntry)} {Id}";
}
