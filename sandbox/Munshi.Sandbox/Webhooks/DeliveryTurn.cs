namespace Munshi.Sandbox.Webhooks;

/// <summary>A delivery's place in its lane.</summary>
internal sealed class DeliveryTurn
{
    private readonly TaskCompletionSource _attempted = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the turn has come. May take for ever: wait with a limit.</summary>
    public required Task Come { get; init; }

    /// <summary>Ends with the first attempt, whatever its result.</summary>
    public Task Attempted => _attempted.Task;

    public void MarkAttempted() => _attempted.TrySetResult();
}
