using System.Security.Cryptography;
using System.Text.Json;

namespace Munshi.Tests.Web;

public sealed class VendoredFilesTests
{
    private static readonly string Root = Path.Combine(SourceTree.Product, "wwwroot/lib");

    private static readonly JsonElement[] Manifest =
        [.. JsonDocument.Parse(File.ReadAllText(Path.Combine(Root, "manifest.json"))).RootElement.EnumerateArray()];

    [Fact]
    public void Every_vendored_file_has_the_hash_its_manifest_names()
    {
        Assert.NotEmpty(Manifest);
        Assert.All(Manifest, entry => Assert.Equal(
            entry.GetProperty("sha256").GetString(),
            Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(Root, entry.GetProperty("file").GetString()!))))));
    }

    [Fact]
    public void Every_vendored_file_is_in_the_manifest_with_its_licence_text()
    {
        HashSet<string> known =
        [
            "manifest.json",
            .. Manifest.Select(entry => entry.GetProperty("file").GetString()!),
            .. Manifest.Select(entry => entry.GetProperty("licenseText").GetString()!),
        ];

        Assert.Equal(
            known.Order(StringComparer.Ordinal),
            Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Root, file)).Order(StringComparer.Ordinal));
    }
}
