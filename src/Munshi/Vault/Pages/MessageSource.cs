namespace Munshi.Vault.Pages;

/// <summary>One entry of the workspace's answers, as it stands now.</summary>
/// <param name="Id">Its handle.</param>
/// <param name="Question">Absent when the entry is gone.</param>
/// <param name="Answer">Absent when the entry is gone.</param>
public sealed record MessageSource(string Id, string? Question, string? Answer);
