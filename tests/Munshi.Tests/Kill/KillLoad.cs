using System.Diagnostics;
using System.Net;
using Munshi.Tests.Running;

namespace Munshi.Tests.Kill;

/// <summary>Meta under way: one question a customer, each delivered four times, the same bytes until they are answered 200.</summary>
/// <param name="customers">Who may ask; each asks once, so that no pacing between one customer's messages can hide a loss.</param>
/// <param name="webhooks">The servers' webhooks; deliveries go to one after the other.</param>
internal sealed class KillLoad(IReadOnlyList<string> customers, params Uri[] webhooks) : IDisposable
{
    private const double DeliveriesPerSecond = 200;
    private const int Copies = 4;

    /// <summary>A second of the steady rate.</summary>
    private const int Undisturbed = 200;

    private static readonly TimeSpan Redelivery = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(90);

    private static readonly string[] Questions =
        ["What are your timings?", "Is there parking near the shop?", "How can I pay?", "Do you gift wrap?", "Do you stitch blouses?"];

    private readonly MetaClient[] _metas = [.. webhooks.Select(webhook => new MetaClient(webhook, RunningServer.AppSecret))];

    private int _acknowledged;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Delivers at a steady rate until <paramref name="disturb"/>, begun once some are acknowledged, has ended, and as many more are acknowledged; then until all are.</summary>
    /// <returns>How many customers asked.</returns>
    public async Task<int> RunAsync(Func<Task> disturb)
    {
        List<Task> deliveries = [];
        Task disturbing = DisturbAsync(disturb);
        long began = Stopwatch.GetTimestamp();
        int asked = 0;
        while (!disturbing.IsCompleted)
        {
            Assert.True(asked < customers.Count, "More customers are needed for so long a load.");
            byte[] body = MetaPayload.Messages(MetaPayload.Text(customers[asked], Questions[asked % Questions.Length]));
            for (int copy = 0; copy < Copies; copy++)
            {
                deliveries.Add(DeliverAsync(_metas[copy % _metas.Length], body));
            }

            asked++;
            TimeSpan ahead = TimeSpan.FromSeconds(deliveries.Count / DeliveriesPerSecond) - Stopwatch.GetElapsedTime(began);
            await Task.Delay(ahead > TimeSpan.Zero ? ahead : TimeSpan.Zero, Cancellation);
        }

        await disturbing;
        await Task.WhenAll(deliveries).WaitAsync(Deadline, Cancellation);
        return asked;
    }

    /// <summary>Waits until so many more deliveries are acknowledged.</summary>
    public async Task AcknowledgedAsync(int more)
    {
        int goal = Volatile.Read(ref _acknowledged) + more;
        using CancellationTokenSource deadline = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        deadline.CancelAfter(Deadline);
        while (Volatile.Read(ref _acknowledged) < goal)
        {
            await Task.Delay(10, deadline.Token);
        }
    }

    public void Dispose() => Array.ForEach(_metas, meta => meta.Dispose());

    private async Task DisturbAsync(Func<Task> disturb)
    {
        await AcknowledgedAsync(Undisturbed);
        await disturb();
        await AcknowledgedAsync(Undisturbed);
    }

    private async Task DeliverAsync(MetaClient meta, byte[] body)
    {
        while (true)
        {
            try
            {
                if (await meta.DeliverAsync(body, Cancellation) == HttpStatusCode.OK)
                {
                    Interlocked.Increment(ref _acknowledged);
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // The server is gone: deliver again.
            }

            await Task.Delay(Redelivery, Cancellation);
        }
    }
}
