namespace Munshi.Sandbox;

/// <summary>Wakes every waiter at once; waiting costs no thread and no polling.</summary>
internal sealed class Pulse(TimeProvider clock)
{
    private TaskCompletionSource _next = Create();

    public void Send() => Interlocked.Exchange(ref _next, Create()).SetResult();

    /// <summary>Ends once <paramref name="ready"/> is true (looked at now and after each pulse), or after <paramref name="atMost"/>.</summary>
    public async Task UntilAsync(Func<bool> ready, TimeSpan atMost, CancellationToken cancellationToken)
    {
        using CancellationTokenSource deadline = new(atMost, clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        while (true)
        {
            Task pulse = Volatile.Read(ref _next).Task;
            if (ready() || atMost == TimeSpan.Zero)
            {
                return;
            }

            try
            {
                await pulse.WaitAsync(either.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private static TaskCompletionSource Create() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
