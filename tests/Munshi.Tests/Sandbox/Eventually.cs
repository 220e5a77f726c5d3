namespace Munshi.Tests.Sandbox;

/// <summary>Awaits a condition with a deadline of 15 s.</summary>
internal static class Eventually
{
    public static async Task TrueAsync(Func<Task<bool>> condition)
    {
        using CancellationTokenSource deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(15));
        while (!await condition())
        {
            await Task.Delay(10, deadline.Token);
        }
    }
}
