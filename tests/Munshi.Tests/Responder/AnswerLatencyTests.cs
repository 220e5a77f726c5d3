using System.Diagnostics;
using Munshi.Tests.Running;

namespace Munshi.Tests.Responder;

public sealed class AnswerLatencyTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_phone_is_answered_in_under_two_seconds()
    {
        List<double> milliseconds = [];
        for (int question = 0; question < 50; question++)
        {
            using SandboxPhone phone = new(shared.Server, shared.NewCustomer());
            long began = Stopwatch.GetTimestamp();
            await phone.AskAsync("What are your timings?", Cancellation);
            milliseconds.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        milliseconds.Sort();
        TestContext.Current.TestOutputHelper?.WriteLine($"50 questions: median {milliseconds[25]:F0} ms, most {milliseconds[^1]:F0} ms");
        Assert.InRange(milliseconds[25], 0, 2000);
    }
}
