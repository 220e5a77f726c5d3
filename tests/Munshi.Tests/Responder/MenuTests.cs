using Munshi.Knowledge;
using Munshi.Responder;
using Munshi.Responder.Replay;
using Munshi.Vault;
using Munshi.WhatsApp.Sending;

namespace Munshi.Tests.Responder;

public sealed class MenuTests
{
    /// <summary>Four entries speak of delivery; which is meant, nobody knows.</summary>
    private const string Unclear = "delivery?";

    [Fact]
    public void A_question_without_a_clear_winner_gets_three_answers_and_a_person_to_choose_from()
    {
        ReplayStep step = Assert.Single(PolicyBench.Run(Unclear));

        ReplyList list = Assert.IsType<ReplyList>(step.Reply!.Options);
        Assert.Equal("menu no-clear-winner", $"{step.Decision} {step.Reason}");
        Assert.Equal(3, step.Sources.Count);
        Assert.Equal([.. step.Sources.Select(id => $"entry:{id}"), "person"], list.Options.Select(option => option.Id));
        Assert.All(list.Options, option => Assert.InRange(option.Title.Length, 1, 24));
        Assert.True(list.Fits(step.Reply.Text));
        Assert.Equal(OwnerKind.Responder, step.Owner);
    }

    [Theory]
    [InlineData("साड़ी वापस या बदल", "इनमें से आप क्या जानना चाहते हैं?", "किसी से बात करें")]
    [InlineData("শাড়ি ফেরত বা বদল", "এর মধ্যে কোনটি জানতে চান?", "কারও সঙ্গে কথা বলুন")]
    public void A_menu_speaks_the_customers_language(string text, string body, string person)
    {
        ReplayStep step = Assert.Single(PolicyBench.Run(text));

        Assert.Equal("menu", step.Decision);
        Assert.StartsWith(body, step.Reply!.Text, StringComparison.Ordinal);
        Assert.Equal(person, step.Reply.Options!.Options[^1].Title);
    }

    [Theory]
    [InlineData("2")]
    [InlineData("२")]
    [InlineData(" 2. ")]
    public void A_number_typed_right_after_a_menu_chooses_its_row(string number)
    {
        IReadOnlyList<ReplayStep> steps = PolicyBench.Run(Unclear, number);

        Assert.Equal($"answer chosen {steps[0].Sources[1]}", PolicyBench.Outcome(steps[1]));
    }

    [Fact]
    public void A_title_typed_right_after_a_menu_chooses_its_row()
    {
        string title = PolicyBench.Run(Unclear)[0].Reply!.Options!.Options[1].Title;

        IReadOnlyList<ReplayStep> steps = PolicyBench.Run(Unclear, title.ToUpperInvariant());

        Assert.Equal($"answer chosen {steps[0].Sources[1]}", PolicyBench.Outcome(steps[1]));
    }

    [Fact]
    public void A_number_that_follows_no_menu_chooses_nothing() =>
        Assert.NotEqual("chosen", PolicyBench.Run("What are your timings?", "2")[1].Reason);

    [Theory]
    [InlineData("entry:no-such-entry", "Delivery time", "menu choice-unknown")]
    [InlineData("entry:hours", "zzz qqq", "hand-off choice-unknown")]
    [InlineData("person", "qqq zzz", "hand-off choice-unknown")]
    [InlineData("yes", "qqq zzz", "hand-off choice-unknown")]
    [InlineData("", "Delivery time", "menu choice-unknown")]
    public void An_id_that_was_not_offered_here_is_never_answered(string choice, string text, string outcome)
    {
        ReplayStep step = PolicyBench.Run(new { choice, text })[0];

        Assert.Equal(outcome, $"{step.Decision} {step.Reason}");
    }

    [Fact]
    public void What_was_retired_since_it_was_offered_is_not_answered_and_the_rest_is_offered()
    {
        FaqEntry[] entries = [.. Knowledge.SampleFaq.Entries.Where(entry => entry.Id is "hours" or "sunday")];
        KnowledgeState now = new(1, entries.ToDictionary(entry => entry.Id), new FaqIndex(entries));
        Said offer = new()
        {
            Id = Guid.NewGuid(),
            Outbound = true,
            Automatic = true,
            Kind = "list",
            Turn = 1,
            At = default,
            Text = "Which?",
            Options = new ReplyList { Label = "See", Options = [new("entry:gone", "Gone"), new("entry:hours", "Timings"), new("person", "A person")] },
        };
        Said chosen = new() { Id = Guid.NewGuid(), Outbound = false, Kind = "reply", Turn = 2, At = default, Text = "Gone", ChoiceId = "entry:gone", ChoiceOf = offer.Id };

        Reading reading = new MessageReader(new ConversationHistory([offer, chosen], []), now).Read(chosen);

        Assert.Equal(["hours"], Assert.IsType<Reading.Unclear>(reading).Entries.Select(entry => entry.Id));
        Assert.Equal("choice-retired", reading.Reason);
    }

    [Fact]
    public void An_id_is_not_trusted_where_another_message_than_the_one_it_answers_offered_it()
    {
        Said menu = Ours(1, new ReplyList { Label = "See", Options = [new("entry:hours", "Timings"), new("person", "A person")] });
        Said plain = Ours(2, options: null);
        Said chosen = new() { Id = Guid.NewGuid(), Outbound = false, Kind = "reply", Turn = 3, At = default, Text = "zzz", ChoiceId = "entry:hours", ChoiceOf = plain.Id };
        KnowledgeState knowledge = new(1, Knowledge.SampleFaq.Entries.ToDictionary(entry => entry.Id), new FaqIndex(Knowledge.SampleFaq.Entries));

        Assert.Equal("choice-unknown", new MessageReader(new ConversationHistory([menu, plain, chosen], []), knowledge).Read(chosen).Reason);
    }

    [Fact]
    public void Yes_is_silent_and_no_brings_the_next_best_until_people_have_it()
    {
        IReadOnlyList<ReplayStep> yes = PolicyBench.Run("What are your timings?", new { choice = "yes" }, "Is there parking near the shop?");
        Assert.Equal("silent helped", PolicyBench.Outcome(yes[1]));
        Assert.Null(yes[1].Reply);
        Assert.Equal("answer clear-winner parking", PolicyBench.Outcome(yes[2]));

        IReadOnlyList<ReplayStep> no = PolicyBench.Run(Unclear, "1", new { choice = "no" }, "1", new { choice = "no" }, "1", new { choice = "person" });
        Assert.Equal(["menu", "answer", "menu", "answer", "menu", "answer", "hand-off"], no.Select(step => step.Decision));
        Assert.Equal(no[0].Sources, [no[1].Sources[0], no[3].Sources[0], no[5].Sources[0]]);
        Assert.Equal(OwnerKind.Waiting, no[^1].Owner);
    }

    [Theory]
    [InlineData("thanks")]
    [InlineData("Thank you!")]
    [InlineData("Great, thank you 🙏")]
    [InlineData("Ok thanks a lot sir")]
    [InlineData("बहुत धन्यवाद जी")]
    [InlineData("অনেক ধন্যবাদ দিদি")]
    [InlineData("धन्यवाद")]
    [InlineData("ধন্যবাদ")]
    [InlineData("ok 👍")]
    public void Thanks_after_an_answer_need_no_person(string text)
    {
        IReadOnlyList<ReplayStep> steps = PolicyBench.Run("What are your timings?", text, text);

        Assert.Equal(["silent helped", "silent thanked"], steps.Skip(1).Select(PolicyBench.Outcome));
    }

    [Theory]
    [InlineData("Great, thank you! Is there parking near the shop?")]
    [InlineData("ok and how can I pay")]
    public void Thanks_with_a_question_are_a_question(string text) =>
        Assert.NotEqual("silent", PolicyBench.Run("What are your timings?", text)[1].Decision);

    [Fact]
    public void A_row_chosen_is_answered_also_where_its_title_is_a_word_of_ours()
    {
        object faq = new { faq = new { id = "staff", question = "Return at the agent's", title = "Agent", answer = "Write to us." } };

        IReadOnlyList<ReplayStep> steps = PolicyBench.Run(faq, "return exchange", new { choice = "entry:staff" });

        Assert.Equal("answer chosen staff", PolicyBench.Outcome(steps[1]));
    }

    [Fact]
    public void An_answer_asks_whether_it_was_it_in_the_same_message()
    {
        ReplayStep step = Assert.Single(PolicyBench.Run("What are your timings?"));

        ReplyButtons buttons = Assert.IsType<ReplyButtons>(step.Reply!.Options);
        Assert.Equal("yes", buttons.Options[0].Id);
        Assert.Matches("^(no|person)$", buttons.Options[1].Id);
        Assert.Equal("Was this what you needed?", buttons.Footer);
        Assert.True(buttons.Fits(step.Reply.Text));
    }

    [Theory]
    [InlineData(900, true)]
    [InlineData(1500, false)]
    public void An_answer_too_long_for_buttons_is_a_text_with_the_question_as_its_last_line(int length, bool buttons)
    {
        object faq = new { faq = new { id = "long", question = "Tell me the story of the loom", answer = new string('a', length) } };

        IReadOnlyList<ReplayStep> steps = PolicyBench.Run(faq, "Tell me the story of the loom", "YES");

        Assert.Equal(buttons, steps[0].Reply!.Options is not null);
        Assert.Equal(!buttons, steps[0].Reply!.Text.EndsWith("Write YES, or PERSON to reach our team.", StringComparison.Ordinal));
        Assert.Equal("silent helped", PolicyBench.Outcome(steps[1]));
    }

    [Theory]
    [InlineData("STOP", "silent asked-to-stop")]
    [InlineData("PERSON", "hand-off person-asked-for")]
    [InlineData("Talk to a person", "hand-off person-asked-for")]
    public void Stop_and_person_come_before_every_choice(string text, string outcome) =>
        Assert.Equal(outcome, PolicyBench.Outcome(PolicyBench.Run(Unclear, text)[1]));

    private static Said Ours(long turn, ReplyOptions? options) =>
        new() { Id = Guid.NewGuid(), Outbound = true, Automatic = true, Kind = "text", Turn = turn, At = default, Text = "Which?", Options = options };
}
