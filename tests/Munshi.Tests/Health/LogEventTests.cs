using System.Text.RegularExpressions;
using Munshi.Tests.Running;

namespace Munshi.Tests.Health;

public sealed partial class LogEventTests
{
    [Fact]
    public void Every_number_in_the_log_stands_for_one_event()
    {
        string[] numbers =
        [
            .. Directory.EnumerateFiles(RepositoryFiles.Path("src/Munshi"), "*.cs", SearchOption.AllDirectories)
                .SelectMany(file => Event().Matches(File.ReadAllText(file)))
                .Select(match => match.Groups[1].Value),
        ];

        Assert.NotEmpty(numbers);
        Assert.Empty(numbers.GroupBy(number => number).Where(same => same.Count() > 1).Select(same => same.Key));
    }

    [GeneratedRegex(@"\[LoggerMessage\((\d+),")]
    private static partial Regex Event();
}
