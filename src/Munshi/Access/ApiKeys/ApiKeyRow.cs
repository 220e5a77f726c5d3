namespace Munshi.Access.ApiKeys;

/// <summary>A key as the list shows it.</summary>
/// <param name="Id">What its page's forms name it by.</param>
/// <param name="Name">What its owner called it.</param>
/// <param name="MadeBy">The name of who made it; null where nobody of that id is there.</param>
/// <param name="MadeAt">UTC.</param>
/// <param name="UsedAt">To the hour, in UTC; null before its first use.</param>
/// <param name="RevokedAt">UTC; null while it is in use.</param>
public sealed record ApiKeyRow(Guid Id, string Name, string? MadeBy, DateTimeOffset MadeAt, DateTimeOffset? UsedAt, DateTimeOffset? RevokedAt)
{
    /// <summary>Whether it may send messages, and not only read.</summary>
    public bool MaySend { get; init; }
}
