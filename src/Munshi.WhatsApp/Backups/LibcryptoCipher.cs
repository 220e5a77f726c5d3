using Microsoft.Win32.SafeHandles;

namespace Munshi.WhatsApp.Backups;

/// <summary>An <c>EVP_CIPHER_CTX</c>; freeing it wipes its key.</summary>
internal sealed class LibcryptoCipher() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle()
    {
        Libcrypto.FreeCipher(handle);
        return true;
    }
}
