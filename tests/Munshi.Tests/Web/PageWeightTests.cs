using System.IO.Compression;
using AngleSharp.Dom;
using Munshi.Vault.Pages;

namespace Munshi.Tests.Web;

/// <summary>The weight of the first load, compressed by gzip: scripts at most 25 KB, all but fonts at most 80 KB.</summary>
public sealed class PageWeightTests : IAsyncDisposable
{
    private const int MostScriptBytes = 25_000;
    private const int MostBytes = 80_000;
    private const int MostNodes = 3_000;
    private const int RowsOfAPage = 50;

    private readonly PageRenderer _renderer = new();

    [Fact]
    public async Task The_inbox_with_fifty_rows_is_light()
    {
        InboxView view = Samples.Inbox([.. Enumerable.Range(0, RowsOfAPage).Select(number => Samples.Row(Guid.NewGuid()) with
        {
            DisplayName = $"Customer {Convert.ToHexString(Guid.NewGuid().ToByteArray())}",
            Snippet = $"A question of usual length, never the same twice: {Guid.NewGuid()}",
            LastAt = PageRenderer.Now.AddMinutes(-number),
        })]);
        string html = await _renderer.RenderAsync<InboxPage>(_renderer.Page(), ("View", view));
        IDocument page = PageRenderer.Parse(html);

        int scripts = page.QuerySelectorAll("script[src]").Sum(script => Compressed(script.GetAttribute("src")!));
        int others = page.QuerySelectorAll("link[rel=stylesheet],link[rel=icon]").Sum(link => Compressed(link.GetAttribute("href")!));

        Assert.Equal(RowsOfAPage, page.QuerySelectorAll(".row").Length);
        Assert.InRange(scripts, 15_000, MostScriptBytes);
        Assert.InRange(scripts + others + Compressed(System.Text.Encoding.UTF8.GetBytes(html)), scripts, MostBytes);
        Assert.InRange(page.All.Length, RowsOfAPage, MostNodes);
    }

    public ValueTask DisposeAsync() => _renderer.DisposeAsync();

    private static int Compressed(string address) => Compressed(File.ReadAllBytes(Path.Combine(SourceTree.Product, "wwwroot", address.TrimStart('/'))));

    private static int Compressed(byte[] bytes)
    {
        using MemoryStream compressed = new();
        using (GZipStream gzip = new(compressed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            gzip.Write(bytes);
        }

        return (int)compressed.Length;
    }
}
