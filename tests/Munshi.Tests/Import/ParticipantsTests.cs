using Munshi.Import;

namespace Munshi.Tests.Import;

public sealed class ParticipantsTests
{
    private const string Shop = "Aparajita Sarees";

    [Theory]
    [InlineData("Mita", null, null, null, "Mita", "Asha")] // asked for
    [InlineData(null, "Mita", null, null, "Mita", "Asha")] // the workspace's name
    [InlineData(null, "mita ", null, "Mita", "Mita", "Asha")] // also when the customer exported it
    [InlineData(null, Shop, null, "Asha", "Mita", "Asha")] // the file is named for the other side
    public void The_business_is_told_from_the_customer(string? asked, string? workspace, string? digits, string? chat, string business, string customer)
    {
        Participants.Known known = Assert.IsType<Participants.Known>(Participants.Decide(["Asha", "Mita"], asked, workspace ?? Shop, digits, chat));

        Assert.Equal((business, customer), (known.Business, known.Customer));
    }

    [Theory]
    [InlineData("919000000101")]
    [InlineData(null)]
    public void A_number_as_a_name_is_the_customer(string? digits)
    {
        Participants.Known known = Assert.IsType<Participants.Known>(Participants.Decide(["Mita", "+91 90000 00101"], null, Shop, digits, null));

        Assert.Equal(("Mita", "+91 90000 00101"), (known.Business, known.Customer));
    }

    [Fact]
    public void Who_wrote_alone_may_be_either()
    {
        Assert.Equal(new Participants.Known(Shop, null), Participants.Decide([Shop], null, Shop, null, null));
        Assert.Equal(new Participants.Known(null, "Asha"), Participants.Decide(["Asha"], null, Shop, null, "Asha"));
    }

    [Theory]
    [InlineData("Which of 'Asha' and 'Mita' is the business? Say it with --business NAME.", null, "Asha", "Mita")]
    [InlineData("Nobody called 'Ravi' wrote in this chat; those who did are 'Asha' and 'Mita'.", "Ravi", "Asha", "Mita")]
    [InlineData("3 people wrote in this chat: it is a group's, and only chats with one customer can be imported.", null, "A", "B", "C")]
    [InlineData("Nobody wrote in this chat; there is nothing to import.", null)]
    public void What_cannot_be_decided_is_refused_with_what_to_say(string sentence, string? asked, params string[] names) =>
        Assert.Equal(sentence, Assert.IsType<Participants.Undecided>(Participants.Decide(names, asked, Shop, null, null)).Sentence);

    [Theory]
    [InlineData(null, "Which of 'As\uFFFD[2Jha' and 'Mi ta' is the business? Say it with --business NAME.")]
    [InlineData("Ravi", "Nobody called 'Ravi' wrote in this chat; those who did are 'As\uFFFD[2Jha' and 'Mi ta'.")]
    public void Names_that_could_steer_a_terminal_are_shown_harmless(string? asked, string sentence) =>
        Assert.Equal(sentence, Assert.IsType<Participants.Undecided>(Participants.Decide(["As\u001b[2Jha", "Mi\nta"], asked, Shop, null, null)).Sentence);

    [Fact]
    public void No_name_shows_where_an_outcome_is_printed()
    {
        Participants.Known people = new("Mita", "Asha");
        ImportOutcome.Imported imported = new()
        {
            Read = 1,
            Added = 1,
            Already = 0,
            Changed = 0,
            Shifts = [],
            Media = 0,
            KeptMedia = 0,
            RefusedMedia = [],
            MissingMedia = ["Asha.jpg"],
            OmittedMedia = 0,
            People = people,
            Problems = [],
        };

        Assert.Equal(("Known", "Imported"), ($"{people}", $"{imported}"));
    }

    [Theory]
    [InlineData("+91 90000 00101", "919000000101")]
    [InlineData("+91-90000-00101", "919000000101")]
    [InlineData("919000000101", "919000000101")]
    [InlineData("090000 00101", null)]
    [InlineData("12345", null)]
    [InlineData("Shop 919000000101", null)]
    public void Numbers_are_taken_as_people_write_them(string text, string? digits) => Assert.Equal(digits, PhoneDigits.Of(text));
}
