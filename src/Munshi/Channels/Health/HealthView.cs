namespace Munshi.Channels.Health;

/// <summary>How a workspace's numbers stand, and what Meta told lately.</summary>
/// <param name="Numbers">Oldest first.</param>
/// <param name="Told">Newest first.</param>
public sealed record HealthView(IReadOnlyList<NumberView> Numbers, IReadOnlyList<ToldRow> Told)
{
    /// <summary>So much of what was told is listed.</summary>
    public const int MostTold = 20;
}
