using System.Text.RegularExpressions;
using Munshi.Tests.Running;

namespace Munshi.Tests.Audit.Adversary;

public sealed partial class AdversaryTableTests
{
    [Fact]
    public void Every_sentence_of_the_table_is_a_test()
    {
        string[] named = [.. Sentence().Matches(File.ReadAllText(RepositoryFiles.Path("tests/Munshi.Tests/Audit/Adversary/README.md"))).Select(match => match.Value)];

        Assert.NotEmpty(named);
        Assert.Empty(named.Except(typeof(AdversaryTableTests).Assembly.GetTypes().SelectMany(type => type.GetMethods().Select(method => $"{type.Name}.{method.Name}"))));
    }

    [GeneratedRegex(@"(?<=`)\w+Tests\.\w+(?=`)")]
    private static partial Regex Sentence();
}
