namespace Munshi.Tests.Sandbox;

/// <summary>Awaits a condition with a deadline, of a minute unless told.</summary>
internal static class Eventually
{
    public static Task TrueAsync(Func<Task<bool>> condition) => TrueAsync(TimeSpan.FromMinutes(1), condition);

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
