using System.Buffers.Binary;

namespace Munshi.Archives.Importing;

/// <summary>Ascending ids in a temporary file without a name, 16 bytes each: memory holds some thousands of them. Not safe for concurrent use.</summary>
internal sealed class IdList : IDisposable
{
    private const int Width = 16;
    private const int AtOnce = 4096;

    private readonly FileStream _file;
    private readonly byte[] _page = new byte[AtOnce * Width];
    private readonly byte[] _added = new byte[Width];
    private long _pageAt = -1;
    private int _pageCount;

    public IdList()
    {
        string path = Path.Combine(Path.GetTempPath(), $"munshi-import-{Guid.NewGuid():N}");
        _file = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            BufferSize = AtOnce * Width,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        File.Delete(path);
    }

    public long Count { get; private set; }

    /// <summary>In the order of their text.</summary>
    public static UInt128 Key(Guid id) => BinaryPrimitives.ReadUInt128BigEndian(id.ToByteArray(bigEndian: true));

    public static Guid IdOf(UInt128 key)
    {
        Span<byte> bytes = stackalloc byte[Width];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, key);
        return new Guid(bytes, bigEndian: true);
    }

    /// <param name="id">Above those before it.</param>
    public void Add(UInt128 id)
    {
        BinaryPrimitives.WriteUInt128BigEndian(_added, id);
        _file.Write(_added);
        Count++;
    }

    /// <param name="sorted">Ascending; the same may stand in it several times.</param>
    /// <param name="found">Gets the place in the list of each that is in it.</param>
    /// <param name="missing">Gets the place in <paramref name="sorted"/> of each that is not.</param>
    public void Match(IReadOnlyList<(UInt128 Id, long Line)> sorted, Action<long> found, Action<int> missing)
    {
        _file.Flush();
        _pageAt = -1;
        long place = sorted.Count == 0 ? 0 : FirstFrom(sorted[0].Id);
        for (int i = 0; i < sorted.Count; i++)
        {
            while (place < Count && At(place) < sorted[i].Id)
            {
                place++;
            }

            if (place < Count && At(place) == sorted[i].Id)
            {
                found(place);
            }
            else
            {
                missing(i);
            }
        }
    }

    /// <summary>The id at a place, after <see cref="Match"/>.</summary>
    public UInt128 At(long place)
    {
        if (_pageAt < 0 || place < _pageAt || place >= _pageAt + _pageCount)
        {
            _pageAt = place;
            _pageCount = RandomAccess.Read(_file.SafeFileHandle, _page, place * Width) / Width;
        }

        return BinaryPrimitives.ReadUInt128BigEndian(_page.AsSpan((int)(place - _pageAt) * Width, Width));
    }

    public void Dispose() => _file.Dispose();

    private long FirstFrom(UInt128 id)
    {
        long low = 0;
        for (long high = Count; low < high;)
        {
            long middle = low + ((high - low) / 2);
            (low, high) = At(middle) < id ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
