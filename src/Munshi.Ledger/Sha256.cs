using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Munshi.Ledger;

/// <summary>SHA-256 of short messages: libcrypto's own functions where they are to be had, since the setting up costs more than the hashing.</summary>
/// <remarks>The functions are those that OpenSSL 3 keeps for older programs. Without them the base class library's answers are the same, three times slower.</remarks>
internal static unsafe partial class Sha256
{
    private const string Library = "libcrypto.so.3";

    /// <summary>Longer messages would keep the garbage collector waiting; for them the setting up no longer matters.</summary>
    private const int Longest = 4096;

    private const int BlockLength = 64;

    private static readonly bool IsThere =
        NativeLibrary.TryLoad(Library, out nint library)
        && NativeLibrary.TryGetExport(library, "SHA256_Init", out _)
        && NativeLibrary.TryGetExport(library, "SHA256_Update", out _)
        && NativeLibrary.TryGetExport(library, "SHA256_Final", out _);

    /// <summary><c>SHA-256(prefix || data)</c>.</summary>
    public static Digest Of(byte prefix, ReadOnlySpan<byte> data) => Of(new ReadOnlySpan<byte>(in prefix), data);

    /// <summary><c>SHA-256(first || second)</c>.</summary>
    public static Digest Of(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        Span<byte> hash = stackalloc byte[Digest.Length];
        if (!IsThere || first.Length + second.Length > Longest)
        {
            using IncrementalHash managed = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            managed.AppendData(first);
            managed.AppendData(second);
            managed.GetHashAndReset(hash);
            return new Digest(hash);
        }

        State state;
        fixed (byte* one = first, two = second, result = hash)
        {
            if (Init(&state) != 1 || Update(&state, one, (nuint)first.Length) != 1 || Update(&state, two, (nuint)second.Length) != 1 || Final(result, &state) != 1)
            {
                throw new CryptographicException("SHA-256 failed.");
            }
        }

        return new Digest(hash);
    }

    /// <summary>HMAC-SHA-256 (RFC 2104).</summary>
    /// <param name="key">At most 64 bytes.</param>
    /// <param name="data">Any bytes.</param>
    public static Digest Hmac(ReadOnlySpan<byte> key, ReadOnlySpan<byte> data)
    {
        Span<byte> pad = stackalloc byte[BlockLength];
        Span<byte> inner = stackalloc byte[Digest.Length];
        pad.Fill(0x36);
        Mix(pad, key);
        Of(pad, data).CopyTo(inner);
        pad.Fill(0x5C);
        Mix(pad, key);
        return Of(pad, inner);

        static void Mix(Span<byte> pad, ReadOnlySpan<byte> key)
        {
            for (int i = 0; i < key.Length; i++)
            {
                pad[i] ^= key[i];
            }
        }
    }

    [LibraryImport(Library, EntryPoint = "SHA256_Init")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [SuppressGCTransition]
    private static partial int Init(State* state);

    [LibraryImport(Library, EntryPoint = "SHA256_Update")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [SuppressGCTransition]
    private static partial int Update(State* state, byte* data, nuint length);

    [LibraryImport(Library, EntryPoint = "SHA256_Final")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [SuppressGCTransition]
    private static partial int Final(byte* hash, State* state);

    /// <summary><c>SHA256_CTX</c> of OpenSSL: 112 bytes.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 112)]
    private struct State
    {
        public uint First;
    }
}
