using Microsoft.Win32.SafeHandles;

namespace Munshi.Ledger.Notes;

/// <summary>An <c>EVP_MD_CTX</c>.</summary>
internal sealed class LibcryptoContext() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle()
    {
        Libcrypto.FreeContext(handle);
        return true;
    }
}
