using Microsoft.Win32.SafeHandles;

namespace Munshi.Ledger.Notes;

/// <summary>An <c>EVP_PKEY</c>; freeing it wipes a private key.</summary>
internal sealed class LibcryptoKey() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle()
    {
        Libcrypto.FreeKey(handle);
        return true;
    }
}
