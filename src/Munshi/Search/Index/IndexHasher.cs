using System.Security.Cryptography;
using System.Text;
using Munshi.Search.Words;

namespace Munshi.Search.Index;

/// <summary>Makes the words of one workspace's index: HMAC-SHA-256 under the file's key, cut to 6 bytes, in hexadecimal.</summary>
/// <remarks>Not safe for concurrent use. Hashes of frequent words are kept; nothing of them is written anywhere.</remarks>
internal sealed class IndexHasher(byte[] key)
{
    private const int TokenBytes = 6;
    private const int CachedRuns = 100_000;
    private const int LongestCached = 40;

    private readonly Dictionary<string, RunTokens> _cache = [];

    public string Word(string stem) => Token('w', stem);

    public string Beginning(ReadOnlySpan<char> letters) => Token('p', letters);

    /// <summary>Words of another script that sound alike have the same one.</summary>
    public string Sound(string sound, bool isIndic) => Token(isIndic ? 'i' : 'l', sound);

    public string Conversation(Guid id) => Token('c', id.ToString("N"));

    /// <summary>A part of a phone number.</summary>
    public string Digits(ReadOnlySpan<char> digits) => Token('d', digits);

    /// <summary>What the index holds of a run of letters.</summary>
    public RunTokens Run(ReadOnlySpan<char> run)
    {
        Dictionary<string, RunTokens>.AlternateLookup<ReadOnlySpan<char>> bySpan = _cache.GetAlternateLookup<ReadOnlySpan<char>>();
        if (bySpan.TryGetValue(run, out RunTokens? known))
        {
            return known;
        }

        string text = run.ToString();
        RunTokens tokens = RunTokens.Of(SearchWord.Of(text), this);
        if (run.Length <= LongestCached)
        {
            if (_cache.Count == CachedRuns)
            {
                _cache.Clear();
            }

            _cache.Add(text, tokens);
        }

        return tokens;
    }

    private string Token(char kind, ReadOnlySpan<char> text)
    {
        Span<byte> value = stackalloc byte[256];
        int longest = 1 + Encoding.UTF8.GetMaxByteCount(text.Length);
        if (longest > value.Length)
        {
            value = new byte[longest];
        }

        value[0] = (byte)kind;
        int length = 1 + Encoding.UTF8.GetBytes(text, value[1..]);
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, value[..length], hash);
        return Convert.ToHexStringLower(hash[..TokenBytes]);
    }
}
