using System.Collections.Concurrent;

namespace Munshi.Audit.Verifying;

/// <summary>A set of event numbers, a bit each where they lie close. Safe for concurrent use.</summary>
internal sealed class EventIds
{
    private const int BitsOfPage = 15;
    private const int BitsOfWord = 6;

    private readonly ConcurrentDictionary<long, long[]> _pages = [];

    /// <returns>False where it was in the set.</returns>
    public bool Add(long id)
    {
        long[] page = _pages.GetOrAdd(id >> BitsOfPage, static _ => new long[1 << (BitsOfPage - BitsOfWord)]);
        return (Interlocked.Or(ref page[WordOf(id)], BitOf(id)) & BitOf(id)) == 0;
    }

    public bool Contains(long id) => _pages.TryGetValue(id >> BitsOfPage, out long[]? page) && (page[WordOf(id)] & BitOf(id)) != 0;

    private static int WordOf(long id) => (int)(id & ((1 << BitsOfPage) - 1)) >> BitsOfWord;

    private static long BitOf(long id) => 1L << (int)(id & ((1 << BitsOfWord) - 1));
}
