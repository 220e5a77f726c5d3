namespace Munshi.Database.WorkQueue;

/// <summary>Wakes whoever waits. A ring between looking and waiting is not lost when the wait was asked for before looking.</summary>
internal sealed class Bell
{
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes at the next ring.</summary>
    public Task NextAsync() => Volatile.Read(ref _next).Task;

    public void Ring() =>
        Interlocked.Exchange(ref _next, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
}
