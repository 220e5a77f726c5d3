namespace Munshi.Setup;

/// <summary>What the last test message came to.</summary>
/// <param name="At">UTC.</param>
/// <param name="Outcome"><c>accepted</c>, <c>refused</c>, <c>not-sent</c> or <c>uncertain</c>.</param>
/// <param name="Code">Meta's code of a refusal.</param>
public sealed record TestResult(DateTimeOffset At, string Outcome, int? Code);
