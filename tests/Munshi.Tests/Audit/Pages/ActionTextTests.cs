using System.Text.RegularExpressions;
using Munshi.Audit;
using Munshi.Audit.Pages;
using Munshi.Notices;
using Munshi.Tests.Web;

namespace Munshi.Tests.Audit.Pages;

public sealed partial class ActionTextTests : IAsyncDisposable
{
    /// <summary>Of this form, and no actions: kinds of jobs, files.</summary>
    private static readonly string[] NoActions = ["notice.mail", "notice.address", "witness.key", "run.lock", "run.munshi", "run.sandbox", "checkpoint.txt"];

    private readonly PageRenderer _renderer = new();

    [Fact]
    public void Every_action_in_use_has_a_sentence()
    {
        string[] named =
        [
            .. Directory.EnumerateFiles(SourceTree.Product, "*.cs", SearchOption.AllDirectories)
                .Where(file => !file.Contains("/obj/", StringComparison.Ordinal))
                .SelectMany(file => Literal().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value))
                .Where(action => ActionGroups.Of(action) is not null)
                .Except(NoActions)
                .Concat(Enum.GetValues<MailState>().Select(state => $"notice.{state.Name()}"))
                .Distinct(),
        ];

        Assert.True(named.Length > 30);
        Assert.All(named, action => Assert.NotEqual(action, _renderer.Text.Act(action)));
    }

    [Fact]
    public void Every_kind_of_finding_has_a_sentence() =>
        Assert.All(Enum.GetNames<FindingKind>(), kind => Assert.NotEqual(kind, _renderer.Text.Finding(kind)));

    [Theory]
    [InlineData("message.unheard-of", ActionGroup.Messages)]
    [InlineData("teapot.boiled", null)]
    [InlineData("notice-settings.changed", ActionGroup.Notices)]
    [InlineData("hand-off.recorded", ActionGroup.Answers)]
    public void An_action_belongs_to_the_group_of_its_noun(string action, ActionGroup? group) => Assert.Equal(group, ActionGroups.Of(action));

    [Fact]
    public void An_action_without_a_sentence_is_shown_as_it_stands() => Assert.Equal("teapot.boiled", _renderer.Text.Act("teapot.boiled"));

    public ValueTask DisposeAsync() => _renderer.DisposeAsync();

    [GeneratedRegex("\"([a-z]+(?:-[a-z]+)*\\.[a-z]+(?:-[a-z]+)*)\"")]
    private static partial Regex Literal();
}
