using Munshi.Keyring;

namespace Munshi.Intake;

/// <summary>The key of the current hour, under which deliveries are sealed before anything of them is read.</summary>
/// <remarks>Safe for concurrent use. With an empty pool the last hour's key goes on: a delivery is never refused for want of a key.</remarks>
internal sealed class IntakeKeys(KeyCustodian custodian, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private long _hour = -1;
    private Guid _keyId;
    private KeyMaterial? _key;

    /// <exception cref="KeyPoolEmptyException">There has been no key at all since the process started.</exception>
    public (Guid KeyId, KeyMaterial Key) Current()
    {
        long hour = clock.GetUtcNow().ToUnixTimeSeconds() / 3600;
        lock (_gate)
        {
            if (hour != _hour && (custodian.TryTake(out Guid fresh) || _key is null))
            {
                _keyId = fresh != Guid.Empty ? fresh : throw new KeyPoolEmptyException();
                _key = custodian.Get(_keyId);
                _hour = hour;
            }

            return (_keyId, _key!);
        }
    }
}
