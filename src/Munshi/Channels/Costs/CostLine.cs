namespace Munshi.Channels.Costs;

/// <summary>So many messages of a number in a month that are alike.</summary>
/// <param name="NumberId">Our id.</param>
/// <param name="Category">Meta's word, such as <c>service</c> or <c>marketing</c>; any other is taken too. <c>-</c> where Meta gave none.</param>
/// <param name="Type">Meta's word, such as <c>regular</c>; null for those on their way.</param>
/// <param name="Messages">1 or more.</param>
public sealed record CostLine(Guid NumberId, string Category, string? Type, long Messages)
{
    /// <summary>Meta's word for free-form replies.</summary>
    public const string Service = "service";

    /// <summary>Meta's word for a customer who came from an advertisement or a page's button.</summary>
    private const string EntryPoint = "free_entry_point";

    /// <summary>Whether it uses up the replies that are free each month.</summary>
    public bool UsesAllowance => Category == Service && Type != EntryPoint;

    /// <summary>Whether Meta said that it costs nothing.</summary>
    public bool IsFree => Type is not null && Type.StartsWith("free", StringComparison.Ordinal);
}
