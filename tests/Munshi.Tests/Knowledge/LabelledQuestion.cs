namespace Munshi.Tests.Knowledge;

/// <param name="Text">As a customer writes it.</param>
/// <param name="Id">The entry that answers it; null when none may be answered unseen.</param>
internal sealed record LabelledQuestion(string Text, string? Id)
{
    public static IEnumerable<LabelledQuestion> Parse(string source) => source
        .Split('\n', StringSplitOptions.TrimEntries)
        .Select(line => line.Split(" => "))
        .Select(parts => new LabelledQuestion(parts[0], parts[1] == "-" ? null : parts[1]));
}
