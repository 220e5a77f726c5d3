using System.Reflection;
using System.Runtime.Loader;
using Munshi.Ledger.Notes;

namespace Munshi.Ledger.Tests.Notes;

public sealed class MissingLibcryptoTests
{
    private delegate byte[] PublicKeyOf(ReadOnlySpan<byte> seed);

    private delegate byte[] SignatureOf(ReadOnlySpan<byte> seed, ReadOnlySpan<byte> message);

    private delegate bool Verdict(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature);

    [Fact]
    public void Without_libcrypto_it_is_said_what_is_missing()
    {
        Type ed25519 = new WithoutLibcrypto().LoadFromAssemblyPath(typeof(Ed25519).Assembly.Location).GetType(typeof(Ed25519).FullName!)!;

        AssertSaid(() => Method<PublicKeyOf>(ed25519, nameof(Ed25519.PublicKey))(new byte[32]));
        AssertSaid(() => Method<SignatureOf>(ed25519, nameof(Ed25519.Sign))(new byte[32], []));
        AssertSaid(() => Method<Verdict>(ed25519, nameof(Ed25519.Verify))([2, .. new byte[31]], [], [2, .. new byte[63]]));
    }

    private static T Method<T>(Type type, string name)
        where T : Delegate => type.GetMethod(name, BindingFlags.Public | BindingFlags.Static)!.CreateDelegate<T>();

    private static void AssertSaid(Func<object> call)
    {
        PlatformNotSupportedException exception = Assert.Throws<PlatformNotSupportedException>(call);

        Assert.Equal("Ed25519 signatures need OpenSSL 3 (libcrypto.so.3), which this machine does not have.", exception.Message);
    }

    private sealed class WithoutLibcrypto() : AssemblyLoadContext("without libcrypto")
    {
        protected override nint LoadUnmanagedDll(string unmanagedDllName) => throw new DllNotFoundException(unmanagedDllName);
    }
}
