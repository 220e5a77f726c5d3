using System.Security.Cryptography;
using System.Text;
using Munshi.Ledger.Merkle;
using Munshi.Ledger.Tiles;

namespace Munshi.Ledger.Tests.Tiles;

public class TileTests
{
    [Theory]
    [InlineData(0, 0, 7, "tile/0/000.p/7")]
    [InlineData(0, 0, 256, "tile/0/000")]
    [InlineData(0, 273, 112, "tile/0/273.p/112")]
    [InlineData(1, 1, 17, "tile/1/001.p/17")]
    [InlineData(0, 1234067, 256, "tile/0/x001/x234/067")]
    [InlineData(63, 1000, 255, "tile/63/x001/000.p/255")]
    public void A_tile_has_its_path_and_the_path_its_tile(int level, ulong index, int width, string path)
    {
        TilePath tile = TilePath.OfHashes(level, index, width);
        Assert.Equal(path, tile.ToString());
        Assert.Equal(tile, TilePath.Parse(path));
    }

    [Theory]
    [InlineData(999, 256, "tile/entries/999")]
    [InlineData(1000, 5, "tile/entries/x001/000.p/5")]
    public void A_bundle_of_entries_has_its_path(ulong index, int width, string path)
    {
        TilePath tile = TilePath.OfEntries(index, width);
        Assert.Equal(path, tile.ToString());
        Assert.Equal(tile, TilePath.Parse(path));
    }

    [Theory]
    [InlineData("")]
    [InlineData("tile/0/0")]
    [InlineData("tile/0/0000")]
    [InlineData("tile/00/000")]
    [InlineData("tile/+0/000")]
    [InlineData("tile/64/000")]
    [InlineData("tile/-1/000")]
    [InlineData("tile/0/x000/001")]
    [InlineData("tile/0/001/067")]
    [InlineData("tile/0/x001")]
    [InlineData("tile/0/x001/x067")]
    [InlineData("tile/0/000.p/0")]
    [InlineData("tile/0/000.p/256")]
    [InlineData("tile/0/000.p/07")]
    [InlineData("tile/0/000.p/")]
    [InlineData("tile/0/000.p/7/")]
    [InlineData("tile/0/000/")]
    [InlineData("/tile/0/000")]
    [InlineData("tile/entry/000")]
    [InlineData("tile/0/x999/x999/x999/x999/x999/x999/x999/999")]
    [InlineData("tile/0/००१")]
    public void A_path_that_is_not_canonical_is_refused(string path) => Assert.Null(TilePath.Parse(path));

    [Theory]
    [InlineData(1UL, "0:0+1")]
    [InlineData(255UL, "0:0+255")]
    [InlineData(256UL, "0:1+0 1:0+1")]
    [InlineData(257UL, "0:1+1 1:0+1")]
    [InlineData(70_000UL, "0:273+112 1:1+17 2:0+1")]
    [InlineData(1_000_000UL, "0:3906+64 1:15+66 2:0+15")]
    [InlineData(65_536UL, "0:256+0 1:1+0 2:0+1")]
    [InlineData(16_777_216UL, "0:65536+0 1:256+0 2:1+0 3:0+1")]
    public void A_tree_has_the_tiles_of_the_specification(ulong size, string expected) =>
        Assert.Equal(expected, string.Join(' ', TileSet.Of(size).Select(set => $"{set.Level}:{set.Full}+{set.PartialWidth}")));

    [Fact]
    public void A_tile_of_leaf_hashes_has_the_worked_bytes()
    {
        TilePath path = Assert.Single(Assert.Single(TileSet.Of(7)).Paths());
        byte[] tile = [.. Enumerable.Range(0, path.Width).SelectMany(i => TreeHash.OfLeaf(Entry(i)).ToArray())];
        Assert.Equal("ae0672de9ba3507073d498d2ad978981ae317639b286c0b7aabc9b41212cfb9c", Convert.ToHexStringLower(SHA256.HashData(tile)));
    }

    [Fact]
    public void A_bundle_has_the_worked_bytes_and_reads_back()
    {
        byte[] bundle = EntryBundle.Encode([Entry(0), Entry(1)]);
        Assert.Equal("000d7661756c742d656e7472792d30000d7661756c742d656e7472792d31", Convert.ToHexStringLower(bundle));
        Assert.Equal([Entry(0), Entry(1)], EntryBundle.Parse(bundle, 2)!);
    }

    [Fact]
    public void A_bundle_that_is_torn_or_of_another_count_is_refused()
    {
        byte[] bundle = EntryBundle.Encode([Entry(0), Entry(1)]);
        Assert.Null(EntryBundle.Parse(bundle, 1));
        Assert.Null(EntryBundle.Parse(bundle, 3));
        for (int length = 0; length < bundle.Length; length++)
        {
            Assert.Null(EntryBundle.Parse(bundle.AsSpan(0, length), 2));
        }

        Assert.Null(EntryBundle.Parse([.. bundle, 0], 2));
        Assert.Throws<ArgumentException>(() => EntryBundle.Encode([]));
        Assert.Throws<ArgumentException>(() => EntryBundle.Encode([new byte[EntryBundle.MaxEntryLength + 1]]));
    }

    private static byte[] Entry(int index) => Encoding.ASCII.GetBytes($"vault-entry-{index}");
}
