namespace Munshi.Sandbox.Webhooks;

/// <summary>Puts the first attempts of a conversation's deliveries in order, or, when asked, out of order. Safe for concurrent use.</summary>
internal sealed class DeliveryLane
{
    private readonly Lock _gate = new();
    private DeliveryTurn? _last;
    private DeliveryTurn? _held;
    private TaskCompletionSource<Task>? _successor;

    /// <param name="reorder">The delivery lets the next one of the lane pass.</param>
    public DeliveryTurn Join(bool reorder)
    {
        lock (_gate)
        {
            if (_held is { Attempted.IsCompleted: false } held)
            {
                DeliveryTurn passing = new() { Come = _last?.Attempted ?? Task.CompletedTask };
                _successor!.SetResult(passing.Attempted);
                (_last, _held) = (held, null);
                return passing;
            }

            if (reorder)
            {
                _successor = new(TaskCreationOptions.RunContinuationsAsynchronously);
                _held = new DeliveryTurn { Come = _successor.Task.Unwrap() };
                return _held;
            }

            _last = new DeliveryTurn { Come = _last?.Attempted ?? Task.CompletedTask };
            return _last;
        }
    }
}
