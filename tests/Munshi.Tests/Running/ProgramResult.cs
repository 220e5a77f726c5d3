namespace Munshi.Tests.Running;

/// <summary>How a program ended, and what it wrote.</summary>
internal sealed record ProgramResult(int ExitCode, string Output, string Errors)
{
    /// <summary>Exactly one sentence on standard error, without a trace.</summary>
    public string Sentence()
    {
        string line = Assert.Single(Errors.TrimEnd('\n').Split('\n'));
        Assert.EndsWith(".", line, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", line, StringComparison.Ordinal);
        return line;
    }
}
