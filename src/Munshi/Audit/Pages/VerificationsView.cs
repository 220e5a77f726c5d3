namespace Munshi.Audit.Pages;

/// <summary>What verification came to lately.</summary>
/// <param name="Runs">Newest first.</param>
/// <param name="LastGoodFull">The last time that the whole was in order; null where that is not among the newest.</param>
/// <param name="LastGoodTail">The same of the newest entries.</param>
public sealed record VerificationsView(IReadOnlyList<VerificationRun> Runs, DateTimeOffset? LastGoodFull, DateTimeOffset? LastGoodTail);
