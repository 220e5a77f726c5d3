using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Munshi.Tests.Web;

public sealed partial class TextResourcesTests
{
    private static readonly Dictionary<string, string> English = Read("");

    [Theory]
    [InlineData(".hi")]
    [InlineData(".bn")]
    public void Each_language_has_every_text_and_no_other(string language)
    {
        Assert.Equal(English.Keys.Order(StringComparer.Ordinal), Read(language).Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(".hi")]
    [InlineData(".bn")]
    public void Each_translation_uses_the_same_placeholders(string language)
    {
        foreach ((string key, string text) in Read(language))
        {
            Assert.False(string.IsNullOrWhiteSpace(text), key);
            Assert.True(Placeholders(English[key]).SequenceEqual(Placeholders(text)), $"{key}: {text}");
        }
    }

    [Theory]
    [InlineData(".hi", @"\p{IsDevanagari}")]
    [InlineData(".bn", @"\p{IsBengali}")]
    public void Each_translation_is_in_its_own_script(string language, string script)
    {
        Assert.All(Read(language), pair => Assert.Matches(script, pair.Value));
    }

    [Fact]
    public void A_plural_has_both_of_its_forms()
    {
        IEnumerable<string> stems = English.Keys.Where(key => key.EndsWith(".One", StringComparison.Ordinal)).Select(key => key[..^4]);

        Assert.NotEmpty(stems);
        Assert.All(stems, stem => Assert.Contains($"{stem}.Other", English.Keys));
    }

    [Fact]
    public void Every_text_named_in_a_component_exists()
    {
        IEnumerable<string> named = Sources()
            .SelectMany(file => NamedText().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value));

        Assert.All(named.Distinct(), key => Assert.Contains(key, English.Keys));
    }

    [Fact]
    public void Every_text_is_used_by_its_name_or_by_the_name_of_its_group()
    {
        string sources = string.Join('\n', Sources().Select(File.ReadAllText));

        Assert.All(English.Keys, key => Assert.True(
            sources.Contains($"\"{key}\"", StringComparison.Ordinal)
            || Stems(key).Any(stem => sources.Contains($"\"{stem}", StringComparison.Ordinal)),
            key));
    }

    /// <summary>A key made from a name: what stands before the part that a component fills in.</summary>
    private static IEnumerable<string> Stems(string key)
    {
        string name = Regex.Replace(key, "(\\.Title|\\.Says|\\.One|\\.Other)$", "");
        yield return $"{name}\"";
        yield return name[..(name.LastIndexOf('.') + 1)] + '{';
    }

    private static IEnumerable<string> Sources() => Directory.EnumerateFiles(SourceTree.Product, "*", SearchOption.AllDirectories)
        .Where(file => Path.GetExtension(file) is ".razor" or ".cs" && !file.Contains("/obj/", StringComparison.Ordinal));

    private static Dictionary<string, string> Read(string language) =>
        XDocument.Load(Path.Combine(SourceTree.Product, $"Web/Resources/Text{language}.resx")).Root!.Elements("data")
            .ToDictionary(data => data.Attribute("name")!.Value, data => data.Element("value")!.Value, StringComparer.Ordinal);

    private static IEnumerable<string> Placeholders(string text) =>
        Placeholder().Matches(text).Select(match => match.Value).Order(StringComparer.Ordinal);

    [GeneratedRegex(@"\{\d+\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex("""(?:\bT|\btext)\["([^"]+)"[\],]""")]
    private static partial Regex NamedText();
}
