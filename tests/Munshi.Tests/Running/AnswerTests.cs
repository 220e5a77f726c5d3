using Munshi.Tests.Postgres;

namespace Munshi.Tests.Running;

public sealed class AnswerTests(PostgresTemplate postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_question_with_one_clear_answer_is_answered_from_the_faq()
    {
        await using RunningServer server = await RunningServer.StartAsync(postgres, Cancellation);
        using SandboxPhone phone = new(server, "919000000101");

        string answer = await phone.AskAsync("What are your timings?", Cancellation);

        Assert.StartsWith("Aparajita Sarees is open Monday to Saturday, 11 am to 8 pm.", answer, StringComparison.Ordinal);
    }
}
