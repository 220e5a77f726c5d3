using System.Security.Cryptography;
using System.Text;

namespace Munshi.Tests.Canary;

public sealed class HiddenFormsTests
{
    [Fact]
    public void A_text_is_found_inside_base64_whatever_stands_around_it()
    {
        CanarySearch search = new(["kingfisher"]);

        for (int before = 0; before < 9; before++)
        {
            for (int after = 0; after < 9; after++)
            {
                byte[] around = [.. RandomNumberGenerator.GetBytes(before), .. "kingfisher"u8, .. RandomNumberGenerator.GetBytes(after)];
                byte[] content = Encoding.ASCII.GetBytes("wamid." + Convert.ToBase64String(around));
                Assert.Contains(search.In("a file", content), found => found.StartsWith("kingfisher in a file as base64", StringComparison.Ordinal));
            }
        }
    }

    [Theory]
    [InlineData("a kingfisher b", "UTF-8")]
    [InlineData("\\x006b696e67666973686572", "hexadecimal")]
    [InlineData("6B696E67666973686572", "hexadecimal, upper case")]
    public void A_text_is_found_in_its_other_shapes(string content, string shape) =>
        Assert.Contains($"kingfisher in a file as {shape}", new CanarySearch(["kingfisher"]).In("a file", Encoding.ASCII.GetBytes(content)));

    [Fact]
    public void A_text_is_found_in_utf_16() =>
        Assert.Contains("नमस्ते in a file as UTF-16", new CanarySearch(["नमस्ते"]).In("a file", Encoding.Unicode.GetBytes("(नमस्ते)")));

    [Fact]
    public void A_file_without_the_text_gives_nothing() =>
        Assert.Empty(new CanarySearch(["kingfisher"]).In("a file", Encoding.UTF8.GetBytes("King fisher, a kingfishe")));
}
