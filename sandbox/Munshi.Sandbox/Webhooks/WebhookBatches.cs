namespace Munshi.Sandbox.Webhooks;

/// <summary>Gathers updates of one number into one delivery, as Meta does under load. Safe for concurrent use.</summary>
/// <param name="isFull">Asked after each update, with how many are gathered.</param>
/// <param name="send">Gets each finished batch, oldest update first.</param>
internal sealed class WebhookBatches(Func<int, bool> isFull, Action<IReadOnlyList<WebhookDelivery>> send, TimeProvider clock)
{
    /// <summary>A batch that does not fill up goes after this long.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(300);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<WebhookDelivery>> _open = [];

    /// <summary>Whether it opened a batch, rather than joining one.</summary>
    public bool Add(WebhookDelivery delivery, CancellationToken stopping)
    {
        bool opened = false;
        List<WebhookDelivery> batch;
        lock (_gate)
        {
            if (!_open.TryGetValue(delivery.PhoneNumberId, out batch!))
            {
                _open[delivery.PhoneNumberId] = batch = [];
                opened = true;
            }

            batch.Add(delivery);
            if (isFull(batch.Count))
            {
                Close(delivery.PhoneNumberId, batch);
                return opened;
            }
        }

        if (opened)
        {
            _ = CloseLaterAsync(delivery.PhoneNumberId, batch, stopping);
        }

        return opened;
    }

    private async Task CloseLaterAsync(string phoneNumberId, List<WebhookDelivery> batch, CancellationToken stopping)
    {
        await Task.Delay(Patience, clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_gate)
        {
            if (_open.GetValueOrDefault(phoneNumberId) == batch)
            {
                Close(phoneNumberId, batch);
            }
        }
    }

    private void Close(string phoneNumberId, List<WebhookDelivery> batch)
    {
        _open.Remove(phoneNumberId);
        send(batch);
    }
}
