using System.Collections.Concurrent;

namespace Munshi.Sandbox.Control;

/// <summary>The accounts whose webhooks do not go to the app. In the sandbox they do until told otherwise.</summary>
internal sealed class Subscriptions
{
    private readonly ConcurrentDictionary<string, bool> _off = [];

    public bool Has(string wabaId) => !_off.ContainsKey(wabaId);

    public void Set(string wabaId, bool subscribed)
    {
        if (subscribed)
        {
            _off.TryRemove(wabaId, out _);
        }
        else
        {
            _off[wabaId] = true;
        }
    }
}
