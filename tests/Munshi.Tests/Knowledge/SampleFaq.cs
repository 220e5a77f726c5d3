using System.Text;
using Munshi.Knowledge;

namespace Munshi.Tests.Knowledge;

/// <summary>The demo shop's FAQ as it stands in <c>sandbox/demo/faq.jsonl</c>.</summary>
internal static class SampleFaq
{
    public static IReadOnlyList<FaqEntry> Entries { get; } = Parse(File.ReadAllText(PathOf("sandbox/demo/faq.jsonl")));

    public static IReadOnlyList<FaqEntry> Parse(string text) =>
        Assert.IsType<FaqReading.Read>(FaqReader.Read(Encoding.UTF8.GetBytes(text))).Entries;

    private static string PathOf(string file)
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Munshi.slnx")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(Assert.IsType<DirectoryInfo>(folder).FullName, file);
    }
}
