using Munshi.Responder;
using Munshi.Responder.Replay;
using Munshi.Vault;

namespace Munshi.Tests.Responder;

public sealed class TurnGuardTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 9, 30, 0, TimeSpan.Zero);

    [Fact]
    public void The_same_answer_is_given_once_more_and_the_third_time_within_the_hour_people_take_over()
    {
        IReadOnlyList<ReplayStep> steps = PolicyBench.Run(
            At(0, "When does the shop open?"), At(10, "दुकान कब खुलती है?"), At(20, "দোকান কখন খোলে?"));

        Assert.Equal(["answer", "answer", "hand-off"], steps.Select(step => step.Decision));
        Assert.Equal("same-answer-again", steps[2].Reason);
        Assert.NotNull(steps[2].Reply);
    }

    [Fact]
    public void Other_answers_in_between_do_not_make_a_third_time_a_first_one()
    {
        IReadOnlyList<ReplayStep> steps = PolicyBench.Run(
            At(0, "What are your timings?"), At(5, "How can I pay?"), At(10, "Do you gift wrap?"), At(15, "When do you open?"),
            At(20, "Do you sell wholesale?"), At(25, "Do you stitch blouses?"), At(30, "Is there parking near the shop?"), At(35, "When does the shop open?"));

        Assert.All(steps.Take(7), step => Assert.Equal("answer", step.Decision));
        Assert.Equal("hand-off same-answer-again", PolicyBench.Outcome(steps[7]));
    }

    [Fact]
    public void After_an_hour_it_is_given_again() => Assert.Equal(
        "answer", PolicyBench.Run(At(0, "What are your timings?"), At(1, "When does the shop open?"), At(62, "When do you open?"))[2].Decision);

    [Fact]
    public void The_same_menu_is_not_shown_twice()
    {
        IReadOnlyList<ReplayStep> steps = PolicyBench.Run("return or exchange or refund", "return refund exchange");

        Assert.Equal(["menu", "hand-off"], steps.Select(step => step.Decision));
        Assert.Equal("same-menu-again", steps[1].Reason);
    }

    [Fact]
    public void Too_many_replies_in_ten_minutes_go_to_people()
    {
        string[] questions =
        [
            "What are your timings?", "Are you open on Sunday?", "Where is your shop?", "Is there parking near the shop?", "What is your phone number?",
            "How can I pay?", "Do you gift wrap?", "Do you sell wholesale?", "Do you do fall and pico?", "Do you stitch blouses?", "Can I cancel my order?",
            "Do you have cash on delivery?", "Do you ship outside India?", "Will I get a GST invoice?", "Can I exchange a saree for another?", "Are your Banarasi sarees original?",
        ];

        IReadOnlyList<ReplayStep> close = PolicyBench.Run([.. questions.Select((text, i) => At(i * 0.5, text))]);
        Assert.All(close.Take(TurnGuards.MostRepliesInShortSpan), step => Assert.Equal("answer", step.Decision));
        Assert.Equal("hand-off too-many-replies", PolicyBench.Outcome(close[TurnGuards.MostRepliesInShortSpan]));

        IReadOnlyList<ReplayStep> apart = PolicyBench.Run([.. questions.Select((text, i) => At(i * 2, text))]);
        Assert.All(apart, step => Assert.Equal("answer", step.Decision));
    }

    [Theory]
    [InlineData("Thank you for contacting us! This is an automated message, we will get back to you.")]
    [InlineData("Auto-reply: I am on leave until Monday")]
    [InlineData("यह एक स्वचालित संदेश है। कृपया उत्तर न दें।")]
    [InlineData("এটি একটি স্বয়ংক্রিয় বার্তা")]
    public void A_program_that_says_so_is_not_answered(string text)
    {
        ReplayStep step = Assert.Single(PolicyBench.Run(text));

        Assert.Equal("hand-off other-bot-says-so", PolicyBench.Outcome(step));
        Assert.Null(step.Reply);
        Assert.Equal(OwnerKind.Waiting, step.Owner);
    }

    [Theory]
    [InlineData("Is this an automated message?")]
    [InlineData("क्या यह स्वचालित संदेश है")]
    [InlineData("Do you deliver out of office hours")]
    public void Who_asks_about_programs_is_not_taken_for_one(string text) =>
        Assert.DoesNotContain("other-bot", Assert.Single(PolicyBench.Run(text)).Reason, StringComparison.Ordinal);

    [Theory]
    [InlineData("start")]
    [InlineData("शुरू करें")]
    [InlineData("চালু")]
    public void Start_without_an_opt_out_before_it_is_not_confirmed_again_and_again(string text)
    {
        IReadOnlyList<ReplayStep> steps = PolicyBench.Run([.. Enumerable.Repeat(text, 20)]);

        Assert.DoesNotContain(steps, step => step.Reason == "asked-to-start");
        Assert.InRange(steps.Count(step => step.Reply is not null), 0, 1);
    }

    [Fact]
    public void Start_after_a_stop_is_confirmed_once()
    {
        IReadOnlyList<ReplayStep> steps = PolicyBench.Run("STOP", "START", "START");

        Assert.Equal(["silent asked-to-stop", "silent asked-to-start"], steps.Take(2).Select(PolicyBench.Outcome));
        Assert.NotEqual("asked-to-start", steps[2].Reason);
    }

    [Fact]
    public void The_same_words_three_times_are_not_answered()
    {
        IReadOnlyList<ReplayStep> steps = PolicyBench.Run(At(0, "What are your timings?"), At(70, "what are your timings"), At(140, "What are your timings!"));

        Assert.Equal(["answer", "answer", "hand-off"], steps.Select(step => step.Decision));
        Assert.Equal("other-bot-repeats", steps[2].Reason);
        Assert.Null(steps[2].Reply);
    }

    [Fact]
    public void Five_messages_in_a_row_within_two_seconds_of_ours_are_not_answered()
    {
        string[] quick = ["What are your timings?", "Is there parking near the shop?", "How can I pay?", "Do you gift wrap?", "Do you sell wholesale?", "Do you stitch blouses?"];

        IReadOnlyList<ReplayStep> steps = PolicyBench.Run([.. quick.Select((text, i) => At(i / 60.0, text))]);
        Assert.Equal("hand-off other-bot-too-quick", PolicyBench.Outcome(steps[5]));
        Assert.Null(steps[5].Reply);

        Assert.All(PolicyBench.Run([.. quick.Select((text, i) => At(i / 15.0, text))]), step => Assert.Equal("answer", step.Decision));
    }

    private static object At(double minutes, string text) => new { text, at = Start.AddMinutes(minutes).ToString("O") };
}
