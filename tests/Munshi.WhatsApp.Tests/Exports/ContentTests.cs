using Munshi.WhatsApp.Exports;

namespace Munshi.WhatsApp.Tests.Exports;

/// <summary>What the app writes beside people's words, as observed on both systems.</summary>
public sealed class ContentTests
{
    private const string Android = "13/01/21, 10:00 - Asha: ";
    private const string Apple = "[13/01/21, 10:00:00] Asha: ";
    private const string AppleMark = "[13/01/21, 10:01:00] Asha: \u200EThis message was deleted.";

    public static TheoryData<string, ExportKind, string, string?, MediaType> Bodies => new()
    {
        { Android + "<Media omitted>", ExportKind.Media, "", null, MediaType.Unknown },
        { Android + "<Media omitted>\nthe blue one", ExportKind.Media, "the blue one", null, MediaType.Unknown },
        { Android + "<मीडिया के बिना>", ExportKind.Media, "", null, MediaType.Unknown },
        { Android + "IMG-20201231-WA0000.jpg (file attached)\nmy saree", ExportKind.Media, "my saree", "IMG-20201231-WA0000.jpg", MediaType.Image },
        { Android + "\u200EPTT-20201231-WA0001.opus (file attached)", ExportKind.Media, "", "PTT-20201231-WA0001.opus", MediaType.Audio },
        { Android + "bill.pdf (file attached)\nThe bill", ExportKind.Media, "The bill", "bill.pdf", MediaType.Document },
        { Android + "VID-20201231-WA0001.mp4 (some unknown words)", ExportKind.Media, "", "VID-20201231-WA0001.mp4", MediaType.Video },
        { Android + "Ravi.vcf (file attached)", ExportKind.Contact, "", "Ravi.vcf", MediaType.Unknown },
        { Android + "This message was deleted", ExportKind.Deleted, "This message was deleted", null, MediaType.Unknown },
        { Android + "You deleted this message", ExportKind.Deleted, "You deleted this message", null, MediaType.Unknown },
        { Android + "Missed voice call", ExportKind.Call, "Missed voice call", null, MediaType.Unknown },
        { Android + "location: https://maps.google.com/?q=22.57,88.36", ExportKind.Location, "location: https://maps.google.com/?q=22.57,88.36", null, MediaType.Unknown },
        { Android + "live location shared", ExportKind.Location, "live location shared", null, MediaType.Unknown },
        { Android + "POLL:\nWhich colour?\nOPTION: Red (2 votes)\nOPTION: Blue (0 votes)", ExportKind.Poll, "POLL:\nWhich colour?\nOPTION: Red (2 votes)\nOPTION: Blue (0 votes)", null, MediaType.Unknown },
        { Android + "null", ExportKind.Media, "", null, MediaType.Unknown },
        { Android + "<View once voice message omitted>", ExportKind.Media, "", null, MediaType.Audio },
        { "\u200E" + Apple + "\u200E<attached: 00000042-PHOTO-2020-12-31-21-41-05.jpg>", ExportKind.Media, "", "00000042-PHOTO-2020-12-31-21-41-05.jpg", MediaType.Image },
        { "\u200E" + Apple + "bill.pdf • \u200E2 pages \u200E<attached: 00000047-bill.pdf>", ExportKind.Media, "bill.pdf • 2 pages", "00000047-bill.pdf", MediaType.Document },
        { Apple + "2015-08-04-PHOTO-00004762.jpg <\u200Eattached>", ExportKind.Media, "", "2015-08-04-PHOTO-00004762.jpg", MediaType.Image },
        { "\u200E" + Apple + "\u200E<attached: 00000043-Ravi.vcf>", ExportKind.Contact, "", "00000043-Ravi.vcf", MediaType.Unknown },
        { "\u200E" + Apple + "\u200Eimage omitted", ExportKind.Media, "", null, MediaType.Image },
        { "\u200E" + Apple + "look at this \u200Evideo omitted", ExportKind.Media, "look at this", null, MediaType.Video },
        { "\u200E" + Apple + "\u200EContact card omitted", ExportKind.Contact, "", null, MediaType.Unknown },
        { Apple + "\u200EYou deleted this message.", ExportKind.Deleted, "You deleted this message.", null, MediaType.Unknown },
        { Apple + "\u200EMissed voice call, \u200ETap to call back", ExportKind.Call, "Missed voice call, Tap to call back", null, MediaType.Unknown },
        { Apple + "\u200EVideo call, \u200E1 hr 5 min", ExportKind.Call, "Video call, 1 hr 5 min", null, MediaType.Unknown },
        { Apple + "\u200ELocation: https://maps.google.com/?q=22.57,88.36", ExportKind.Location, "Location: https://maps.google.com/?q=22.57,88.36", null, MediaType.Unknown },
        { Apple + "Flurys (Kolkata): https://foursquare.com/v/4b", ExportKind.Location, "Flurys (Kolkata): https://foursquare.com/v/4b", null, MediaType.Unknown },
        { Android + "<Média omis>", ExportKind.Media, "", null, MediaType.Unknown },
        { Android + "bill (1).pdf (Datei angehängt)", ExportKind.Media, "", "bill (1).pdf", MediaType.Document },
        { Android + "AUD-20190101-WA0000. (file attached)", ExportKind.Media, "", "AUD-20190101-WA0000.", MediaType.Audio },
        { Android + "IMG-20201231-WA0000.jpg（附件）", ExportKind.Media, "", "IMG-20201231-WA0000.jpg", MediaType.Image },
        { Android + "Ravi.vcf (unknown words)", ExportKind.Contact, "", "Ravi.vcf", MediaType.Unknown },
        { Android + "posizione: https://maps.google.com/?q=22.57,88.36", ExportKind.Location, "posizione: https://maps.google.com/?q=22.57,88.36", null, MediaType.Unknown },
        { Android + "мәкан: https://maps.google.com/?q=-22.57,88.36", ExportKind.Location, "мәкан: https://maps.google.com/?q=-22.57,88.36", null, MediaType.Unknown },
        { Android + "Park Street\nlocation: https://maps.google.com/?q=22.57,88.36", ExportKind.Location, "Park Street\nlocation: https://maps.google.com/?q=22.57,88.36", null, MediaType.Unknown },
        { Android + "SONDAŻ:\nJaki?\nOPCJA: Red (2 głosy)\nOPCJA: Blue (0)", ExportKind.Poll, "SONDAŻ:\nJaki?\nOPCJA: Red (2 głosy)\nOPCJA: Blue (0)", null, MediaType.Unknown },
        { Android + "Diese Nachricht wurde gelöscht.", ExportKind.Deleted, "Diese Nachricht wurde gelöscht.", null, MediaType.Unknown },
        { Android + "இந்தச் செய்தி நீக்கப்பட்டது", ExportKind.Deleted, "இந்தச் செய்தி நீக்கப்பட்டது", null, MediaType.Unknown },
        { Android + "ఈ మెసేజ్ తొలగించబడింది", ExportKind.Deleted, "ఈ మెసేజ్ తొలగించబడింది", null, MediaType.Unknown },
        { Android + "हा मेसेज हटवला गेला", ExportKind.Deleted, "हा मेसेज हटवला गेला", null, MediaType.Unknown },
        { Android + "یہ پیغام حذف کر دیا گیا تھا", ExportKind.Deleted, "یہ پیغام حذف کر دیا گیا تھا", null, MediaType.Unknown },
        { Android + "Waiting for this message", ExportKind.System, "Waiting for this message", null, MediaType.Unknown },
        { Apple + "\u200EVoice call, \u200E12 min", ExportKind.Call, "Voice call, 12 min", null, MediaType.Unknown },
        { Apple + "\u200ENo answer", ExportKind.Call, "No answer", null, MediaType.Unknown },
        { "\u200E" + Apple + "\u200Evideo note omitted", ExportKind.Media, "", null, MediaType.Video },
        { "\u200E" + Apple + "\u200EBild weggelassen", ExportKind.Media, "", null, MediaType.Image },
        { "\u200E" + Apple + "mine \u200Ezzz yyy", ExportKind.Media, "mine", null, MediaType.Unknown },
        { "\u200E" + Apple + "bill.pdf • \u200E2 pages \u200Edocument omitted", ExportKind.Media, "bill.pdf • 2 pages", null, MediaType.Document },
        { "\u200E" + Apple + "\u200E<adjunto: 00000042-AUDIO-2020-12-31-21-41-05.opus>", ExportKind.Media, "", "00000042-AUDIO-2020-12-31-21-41-05.opus", MediaType.Audio },
        { "\u200E" + Apple + "\u200E<zzz: 00000042-GIF-2020-12-31-21-41-05.mp4>", ExportKind.Media, "", "00000042-GIF-2020-12-31-21-41-05.mp4", MediaType.Video },
        { Apple + "\u200EPOLL:\nWhich?\n\u200EOPTION: Red (\u200E2 votes)", ExportKind.Poll, "POLL:\nWhich?\nOPTION: Red (2 votes)", null, MediaType.Unknown },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public void What_the_app_writes_is_told_from_what_people_write(string record, ExportKind kind, string text, string? attachment, MediaType media)
    {
        ExportMessage message = ExportText.Read(record).Messages[0];

        Assert.Equal((kind, text, attachment, media, "Asha"), (message.Kind, message.Text, message.Attachment, message.Media, message.From));
    }

    [Theory]
    [InlineData(Apple + "image omitted\r\n" + AppleMark)] // without the app's mark where the app sets marks
    [InlineData(Apple + "Voice call, 10 min\r\n" + AppleMark)]
    [InlineData(Apple + "This message was deleted.\r\n" + AppleMark)]
    [InlineData(Android + "Voice call, 10 min")]
    [InlineData(Android + "see the list (attached)")]
    [InlineData(Android + "20201231-notes.txt (draft)")]
    [InlineData(Android + "the -PHOTO- of 2.5 (nice)")]
    [InlineData(Android + "options:\nA: red (2)\nthat is all")]
    [InlineData(Android + "I omitted that <Media omitted>")]
    [InlineData(Android + "<Note: report.pdf>")]
    [InlineData(Android + "see the list (file attached soon)")]
    [InlineData(Android + "meet me at https://maps.google.com/?q=1,2")]
    [InlineData(Android + "the price is 5 < 6 and 7 > 6 but x >")]
    public void Ordinary_words_stay_text(string text)
    {
        ExportMessage message = ExportText.Read(text).Messages[0];

        Assert.Equal((ExportKind.Text, null), (message.Kind, message.Attachment));
    }

    [Theory]
    [InlineData(Android + "6 pm then <This message was edited>")]
    [InlineData(Apple + "6 pm then \u200E<This message was edited>")]
    [InlineData(Apple + "6 pm then \u200E<zzz yyy.>")]
    [InlineData(Android + "6 pm then <Diese Nachricht wurde bearbeitet.>")]
    [InlineData(Android + "6 pm then <Se editó este mensaje.>")]
    [InlineData(Android + "6 pm then <Mensagem editada>")]
    [InlineData(Android + "6 pm then <Ce message a été modifié>")]
    [InlineData(Android + "6 pm then <Questo messaggio è stato modificato>")]
    [InlineData(Android + "6 pm then <Bu mesaj düzenlendi>")]
    public void An_edit_is_marked_and_its_mark_taken_away(string text)
    {
        ExportMessage message = ExportText.Read(text).Messages[0];

        Assert.Equal(("6 pm then", true, ExportKind.Text), (message.Text, message.Edited, message.Kind));
    }

    [Theory]
    [InlineData("13/01/21, 10:00 - Messages and calls are end-to-end encrypted. No one outside of this chat can read them. Tap to learn more.")]
    [InlineData("13/01/21, 10:00 - Asha changed the group name from “Trip: a” to “Trip: b”")]
    [InlineData("13/01/21, 10:00 - Asha added Ravi")]
    [InlineData("13/01/21, 10:00 - कुछ और: नहीं, यह ऐप की पंक्ति नहीं", false)]
    [InlineData("[13/01/21, 10:00:00] Asha: \u200EMessages and calls are end-to-end encrypted. No one outside of this chat can read them.")]
    [InlineData("[13/01/21, 10:00:00] \u200EAsha changed the subject: x")]
    [InlineData("13/01/21, 10:00 - Asha hat die Gruppe „Reise: a“ erstellt")]
    [InlineData("13/01/21, 10:00 - Asha zzz «Trip: a» yyy")]
    [InlineData("13/01/21, 10:00 - Asha zzz \"Trip: a\" yyy")]
    [InlineData("[13/01/21, 10:00:00] Asha: \u200ENachrichten und Anrufe sind Ende-zu-Ende-verschlüsselt. Niemand außerhalb dieses Chats kann sie lesen.")]
    public void Lines_of_the_app_have_no_sender(string line, bool ofTheApp = true)
    {
        ExportMessage message = Assert.Single(ExportText.Read(line).Messages);

        Assert.Equal(ofTheApp, message.From is null);
        Assert.Equal(ofTheApp, message.Kind == ExportKind.System);
    }

    [Theory]
    [InlineData("13/01/21, 10:00 - Asha: I added sugar: two spoons")]
    [InlineData("13/01/21, 10:00 - Asha: he left")]
    [InlineData("13/01/21, 10:00 - Asha: Ravi changed the subject to sarees")]
    public void A_person_may_use_the_app_s_words(string line) => Assert.Equal("Asha", Assert.Single(ExportText.Read(line).Messages).From);

    [Theory]
    [InlineData("[13/01/21, 10:00:00] \u202A+91\u00A090000\u00A000101\u202C: hi", "+91 90000 00101")]
    [InlineData("[13/01/21, 10:00:00] ~\u202FAsha: hi", "Asha")]
    [InlineData("13/01/21, 10:00 - আশা সেন: hi", "আশা সেন")]
    [InlineData("[13/01/21, 10:00:00] \u202A+91\u00A090000\u201100101\u202C: hi", "+91 90000-00101")]
    [InlineData("13/01/21, 10:00 - ~ Asha: hi", "Asha")]
    [InlineData("13/01/21, 10:00 - Asha “Red” Sen: hi", "Asha “Red” Sen")]
    public void Names_are_given_without_marks(string line, string name) =>
        Assert.Equal(name, Assert.Single(ExportText.Read(line).Messages).From);

    [Fact]
    public void A_sender_with_nothing_after_the_colon_wrote_an_empty_message()
    {
        ExportMessage message = Assert.Single(ExportText.Read("13/01/21, 10:00 - Asha:").Messages);

        Assert.Equal(("Asha", "", ExportKind.Text), (message.From, message.Text, message.Kind));
    }

    [Fact]
    public void A_name_with_a_colon_is_inferred_from_the_whole_file()
    {
        (IReadOnlyList<ExportMessage> messages, ChatExport export) = ExportText.Read(
            "13/01/21, 10:00 - ACME: Support: one\n13/01/21, 10:01 - Ravi: note: two\n13/01/21, 10:02 - ACME: Support: three\n13/01/21, 10:03 - ACME: Support: four\n");

        Assert.Equal(["ACME: Support", "Ravi", "ACME: Support", "ACME: Support"], messages.Select(message => message.From));
        Assert.Equal("note: two", messages[1].Text);
        Assert.Equal(new ExportProblem(ExportProblemKind.NameWithColon, 1, 3), Assert.Single(export.Problems));
    }

    [Theory]
    [InlineData("WhatsApp Chat with Asha Verma.txt", "Asha Verma")]
    [InlineData("WhatsApp Chat - Asha Verma.zip", "Asha Verma")]
    [InlineData("WhatsApp_Chat_with_Asha_Verma.txt", "Asha Verma")]
    [InlineData("Chat de WhatsApp con Asha.txt", "Asha")]
    [InlineData("与Asha的 WhatsApp 聊天.txt", "Asha")]
    [InlineData("_chat.txt", null)]
    [InlineData("notes.txt", null)]
    public void The_file_s_name_tells_whom_the_chat_is_with(string file, string? name) => Assert.Equal(name, ChatName.Of(file));

    [Fact]
    public void Words_in_angle_brackets_that_several_people_wrote_alike_stand_for_a_file()
    {
        (IReadOnlyList<ExportMessage> messages, _) = ExportText.Read(
            "13/01/21, 10:00 - A: <zzz yyy>\n13/01/21, 10:01 - B: <zzz yyy>\n13/01/21, 10:02 - A: <zzz yyy>\n13/01/21, 10:03 - A: <lol>\n13/01/21, 10:04 - A: <lol>\n13/01/21, 10:05 - A: <lol>\n");

        Assert.Equal([.. Enumerable.Repeat(ExportKind.Media, 3), .. Enumerable.Repeat(ExportKind.Text, 3)], messages.Select(message => message.Kind));
    }

    [Fact]
    public void A_sender_may_lack_the_space_where_it_is_known_or_seen_often()
    {
        Assert.Equal(["Asha", "Asha"], ExportText.Read("13/01/21, 10:00 - Asha: hi\n13/01/21, 10:01 - Asha:no space\n").Messages.Select(message => message.From));
        Assert.Equal(["A", "A", "A"], ExportText.Read("13/01/21, 10:00 - A:one\n13/01/21, 10:01 - A:two\n13/01/21, 10:02 - A:three\n").Messages.Select(message => message.From));
        Assert.Null(Assert.Single(ExportText.Read("13/01/21, 10:00 - See https://example.com/\n").Messages).From);
    }

    [Fact]
    public void A_name_with_a_colon_that_is_the_chat_s_needs_no_further_proof()
    {
        string folder = Directory.CreateTempSubdirectory("munshi-export-").FullName;
        try
        {
            string path = Path.Combine(folder, "WhatsApp Chat with ACME: Support.txt");
            File.WriteAllText(path, "13/01/21, 10:00 - ACME: Support: hello\n13/01/21, 10:01 - Ravi: note: two\n");
            using ChatExport export = Assert.IsType<ExportOpening.Opened>(ExportText.Open(path, null)).Export;

            Assert.Equal(["ACME: Support", "Ravi"], export.Read(keepRaw: false, CancellationToken.None).Select(message => message.From));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Words_of_the_app_that_are_not_known_are_told()
    {
        (IReadOnlyList<ExportMessage> messages, ChatExport export) = ExportText.Read(Apple + "\u200Ezzz yyy\r\n");

        Assert.Equal(ExportKind.Text, Assert.Single(messages).Kind);
        Assert.Equal(new ExportProblem(ExportProblemKind.UnknownMarker, 1, 1), Assert.Single(export.Problems));
    }

    [Fact]
    public void A_mark_of_an_edit_repeated_without_end_costs_no_more_than_its_length()
    {
        string text = string.Concat(Enumerable.Repeat(" <This message was edited>", 30_000));

        Assert.True(Assert.Single(ExportText.Read(Android + "x" + text).Messages).Edited);
    }
}
