namespace Munshi.Audit.Pages;

/// <summary>Verifications of one scope that follow each other and came to the same.</summary>
/// <param name="IsFull">Over the whole log; else over its newest entries.</param>
/// <param name="First">When the first of them was.</param>
/// <param name="Last">When the last of them was.</param>
/// <param name="Times">How many.</param>
/// <param name="Result">What they came to.</param>
public sealed record VerificationRun(bool IsFull, DateTimeOffset First, DateTimeOffset Last, int Times, VerificationResult Result);
