using System.Runtime.InteropServices;

namespace Munshi.WhatsApp.Backups;

/// <summary>What AES-256-GCM with a nonce of 16 bytes, piece by piece, needs of OpenSSL 3; .NET's own takes 12 bytes and all at once.</summary>
internal static partial class Libcrypto
{
    /// <summary>EVP_CTRL_AEAD_SET_IVLEN.</summary>
    public const int SetNonceLength = 0x9;

    /// <summary>EVP_CTRL_AEAD_SET_TAG.</summary>
    public const int SetTag = 0x11;

    private const string Library = "libcrypto.so.3";

    [LibraryImport(Library, EntryPoint = "EVP_CIPHER_CTX_new")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    public static partial LibcryptoCipher NewCipher();

    [LibraryImport(Library, EntryPoint = "EVP_CIPHER_CTX_free")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    public static partial void FreeCipher(nint cipher);

    [LibraryImport(Library, EntryPoint = "EVP_aes_256_gcm")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    public static partial nint Aes256Gcm();

    [LibraryImport(Library, EntryPoint = "EVP_DecryptInit_ex")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    public static partial int Begin(LibcryptoCipher cipher, nint type, nint engine, ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce);

    [LibraryImport(Library, EntryPoint = "EVP_CIPHER_CTX_ctrl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    public static partial int Control(LibcryptoCipher cipher, int command, int length, ReadOnlySpan<byte> value);

    [LibraryImport(Library, EntryPoint = "EVP_DecryptUpdate")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    public static partial int Decrypt(LibcryptoCipher cipher, Span<byte> plain, ref int plainLength, ReadOnlySpan<byte> encrypted, int encryptedLength);

    [LibraryImport(Library, EntryPoint = "EVP_DecryptFinal_ex")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    public static partial int End(LibcryptoCipher cipher, Span<byte> plain, ref int plainLength);

    /// <summary>Empties this thread's queue of errors, which other users of the library would otherwise read as theirs.</summary>
    [LibraryImport(Library, EntryPoint = "ERR_clear_error")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    public static partial void ClearErrors();
}
