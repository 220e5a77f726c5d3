namespace Munshi.Audit;

/// <summary>An entry of a log, for parts of the program that follow what happens.</summary>
/// <param name="Seq">Its number.</param>
/// <param name="RowHash">Tells whether the log is still the one that was followed.</param>
/// <param name="Object"><c>kind:id</c>; null where the event was lost in a restore.</param>
internal sealed record FollowedEntry(long Seq, byte[] RowHash, string? Object)
{
    /// <summary>The id, where the object is of that kind.</summary>
    public Guid? IdOf(string kind) =>
        Object is not null && Object.Length == kind.Length + 37 && Object.StartsWith(kind, StringComparison.Ordinal) && Guid.TryParse(Object.AsSpan(kind.Length + 1), out Guid id)
            ? id
            : null;
}
