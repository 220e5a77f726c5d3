namespace Munshi.Tests.Sandbox;

/// <summary>Awaits a condition with a deadline, of 15 s unless told.</summary>
internal static class Eventually
{
    public static Task TrueAsync(Func<Task<bool>> condition) => TrueAsync(TimeSpan.FromSeconds(15), condition);

    public static async Task TrueAsync(TimeSpan within, Func<Task<bool>> condition)
    {
        using CancellationTokenSource deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(within);
        while (!await condition())
        {
            await Task.Delay(10, deadline.Token);
        }
    }
}
