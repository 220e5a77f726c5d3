using Munshi.Responder;
using Munshi.Responder.Replay;
using Munshi.Vault;

namespace Munshi.Tests.Responder;

public sealed class SmallTalkTests
{
    private const string Welcome = "Hello! How can we help you?";

    [Theory]
    [InlineData("Hi", Welcome)]
    [InlineData("hiiii", Welcome)]
    [InlineData("Hello!", Welcome)]
    [InlineData("namaste", Welcome)]
    [InlineData("Good morning sir", Welcome)]
    [InlineData("ok", Welcome)]
    [InlineData("haan", Welcome)]
    [InlineData("👍", Welcome)]
    [InlineData("Thank you", Welcome)]
    [InlineData("Madam", Welcome)]
    [InlineData("kaise ho aap", Welcome)]
    [InlineData("Hello, I have a question", Welcome)]
    [InlineData("?", Welcome)]
    [InlineData("शुभ प्रभात", "नमस्ते!")]
    [InlineData("नमस्ते जी", "नमस्ते!")]
    [InlineData("हाँ", "नमस्ते!")]
    [InlineData("শুভ সকাল", "নমস্কার!")]
    [InlineData("নমস্কার দাদা", "নমস্কার!")]
    [InlineData("ধন্যবাদ", "নমস্কার!")]
    public void A_first_message_without_content_is_welcomed_and_shown_what_is_asked_most(string text, string begins)
    {
        ReplayStep step = Assert.Single(PolicyBench.Run(text));

        Assert.Equal("menu greeting hours,address,price", PolicyBench.Outcome(step));
        Assert.StartsWith(begins, step.Reply!.Text, StringComparison.Ordinal);
        Assert.Contains("PERSON", step.Reply.Text, StringComparison.Ordinal);
        Assert.Equal(OptionIds.Person, step.Reply.Options!.Options[^1].Id);
        Assert.Equal(OwnerKind.Responder, step.Owner);
    }

    [Fact]
    public void What_the_welcome_offers_can_be_chosen() =>
        Assert.Equal("answer chosen hours", PolicyBench.Outcome(PolicyBench.Run("Hi", "1")[1]));

    [Theory]
    [InlineData("When do you open, hi", "answer")]
    [InlineData("Hi, is there parking near the shop?", "answer")]
    [InlineData("hello my parcel is broken", "hand-off")]
    [InlineData("good morning I want to talk to someone", "hand-off")]
    public void A_greeting_with_content_is_read_for_its_content(string text, string decision) =>
        Assert.Equal(decision, PolicyBench.Run(text)[0].Decision);

    [Theory]
    [InlineData("Thanks")]
    [InlineData("ok")]
    [InlineData("haan ji")]
    [InlineData("👍")]
    [InlineData("🙏🙏")]
    [InlineData("ঠিক আছে")]
    [InlineData("धन्यवाद")]
    [InlineData("Good night")]
    public void Thanks_or_an_ok_after_anything_of_ours_need_neither_reply_nor_person(string text)
    {
        IReadOnlyList<ReplayStep> steps = PolicyBench.Run("delivery?", text);

        Assert.Equal("silent thanked", PolicyBench.Outcome(steps[1]));
        Assert.Equal(OwnerKind.Responder, steps[1].Owner);
    }

    [Fact]
    public void A_greeting_is_welcomed_twice_and_then_people_look()
    {
        IReadOnlyList<ReplayStep> steps = PolicyBench.Run("Hi", "Hello", "Namaste");

        Assert.Equal(["menu", "menu", "hand-off"], steps.Select(step => step.Decision));
        Assert.Equal("same-menu-again", steps[2].Reason);
    }

    [Theory]
    [InlineData("")]
    [InlineData("zzz qqq")]
    [InlineData("ok ok ok ok ok ok ok ok ok ok")]
    [InlineData("yes the red one")]
    [InlineData("good sarees")]
    public void What_says_more_is_no_small_talk(string text) => Assert.Equal(SmallTalkKind.None, SmallTalk.Of(text));

    [Fact]
    public void A_yes_to_what_a_person_asked_stays_with_people()
    {
        Said asked = new() { Id = Guid.NewGuid(), Outbound = true, Kind = "text", Turn = 1, At = default(DateTimeOffset).AddDays(2), Text = "Shall we keep the red one?" };
        Said yes = new() { Id = Guid.NewGuid(), Outbound = false, Kind = "text", Turn = 2, At = asked.At.AddMinutes(1), Text = "haan" };
        Munshi.Knowledge.KnowledgeState knowledge = new(
            1, Knowledge.SampleFaq.Entries.ToDictionary(entry => entry.Id), new Munshi.Knowledge.FaqIndex(Knowledge.SampleFaq.Entries));

        Assert.IsType<Reading.ForPeople>(new MessageReader(new ConversationHistory([asked, yes], []), knowledge).Read(yes));
        Assert.IsType<Reading.Settled>(new MessageReader(new ConversationHistory([asked, yes with { Text = "Thank you" }], []), knowledge).Read(yes with { Text = "Thank you" }));
    }
}
