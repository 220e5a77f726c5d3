using System.Text.RegularExpressions;
using System.Xml.Linq;
using Munshi.Intake.Deliveries;
using Munshi.Tests.Web;

namespace Munshi.Tests.Intake.Deliveries;

/// <summary>Every word that the code writes of an update or a delivery has a sentence; that each language has it, another test says.</summary>
public sealed partial class UpdateWordsTests
{
    private static readonly HashSet<string> Texts =
        [.. XDocument.Load(Path.Combine(SourceTree.Product, "Web/Resources/Text.resx")).Root!.Elements("data").Select(data => data.Attribute("name")!.Value)];

    [Fact]
    public void Every_reason_of_a_failure_has_its_sentence()
    {
        string[] words = [.. Words(Reason(), "Intake", "Vault").Union(Words(Flaw(), "Vault/ArrivedMessage.cs"))];

        Assert.True(words.Length >= 6, string.Join(' ', words));
        Assert.All(words, word => Assert.Contains($"Deliveries.Reason.{word}", Texts));
        Assert.All(DeliverySamples.Reasons, word => Assert.Contains(word, words));
    }

    [Fact]
    public void Every_problem_of_a_delivery_has_its_sentence()
    {
        string[] words = [.. Words(Problem(), "Intake/DeliverySorter.cs", "Intake/UpdateRoutes.cs")];

        Assert.Equal(DeliverySamples.Problems.Order(), words.Order());
        Assert.All(words, word => Assert.Contains($"Deliveries.Problem.{word}", Texts));
    }

    [Fact]
    public void Every_kind_of_an_update_has_its_name_and_can_be_filtered_by()
    {
        string[] words = [.. Words(Kind(), "Intake", "../Munshi.WhatsApp/Webhooks"), "message", "status"];

        Assert.True(words.Length >= 8, string.Join(' ', words));
        Assert.All(words, word => Assert.Contains(word, UpdateFilter.Kinds));
        Assert.All(UpdateFilter.Kinds, word => Assert.Contains($"Deliveries.Kind.{word}", Texts));
    }

    [Theory]
    [InlineData("state=given-up&kind=history&day=2026-11-20", "state=given-up&kind=history&day=2026-11-20")]
    [InlineData("state=Stored&kind=message'--&day=20.11.2026", "")]
    [InlineData("day=9999-12-31&state=failed", "state=failed")]
    public void A_filter_stands_in_the_address_and_what_it_does_not_know_stands_for_all(string query, string kept) =>
        Assert.Equal(
            $"/settings/deliveries{(kept.Length > 0 ? "?" : "")}{kept}",
            DeliveriesUrls.Of(UpdateFilter.Of(new Microsoft.AspNetCore.Http.QueryCollection(Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(query))), null));

    private static IEnumerable<string> Words(Regex form, params string[] places) => places
        .Select(place => Path.Combine(SourceTree.Product, place))
        .SelectMany(path => File.Exists(path) ? [path] : Directory.EnumerateFiles(path, "*.cs", SearchOption.AllDirectories))
        .SelectMany(file => form.Matches(File.ReadAllText(file)).SelectMany(match => match.Groups.Values.Skip(1).SelectMany(group => group.Captures).Select(capture => capture.Value)))
        .Distinct();

    [GeneratedRegex(@"(?:Unusable\(|\(""failed"", |const string \w+Reason = )""([a-z-]+)""")]
    private static partial Regex Reason();

    [GeneratedRegex(@"Flaw => [^;]*?""([a-z-]+)""[^;""]*(?:""([a-z-]+)""[^;""]*)*;")]
    private static partial Regex Flaw();

    [GeneratedRegex(@"(?:Problem = |\[\], |cancellationToken\), )""([a-z-]+)""")]
    private static partial Regex Problem();

    [GeneratedRegex(@"UpdateKind\.\w+ => ""([a-z_]+)""")]
    private static partial Regex Kind();
}
