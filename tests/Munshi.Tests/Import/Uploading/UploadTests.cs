using System.Net;
using System.Text;
using Munshi.Tests.Dashboard;
using Munshi.Tests.Running;
using Munshi.Tests.Sandbox;

namespace Munshi.Tests.Import.Uploading;

/// <summary>An export that is given in the browser is imported in the background; what is not imported is told with its reason.</summary>
public sealed class UploadTests(DashboardServer shared) : IClassFixture<DashboardServer>
{
    private const string Page = "/settings/imports";
    private const string Chat = "13/01/21, 10:00 - Asha: a peacock blue one\n13/01/21, 10:05 - Aparajita Sarees: with a border of gold\n";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_chat_that_is_uploaded_stands_in_the_vault_and_its_file_is_gone()
    {
        using SandboxPhone phone = shared.NewPhone();
        using DashboardVisitor owner = await shared.OwnerAsync();

        VisitedPage upload = await UploadAsync(owner, "chat.txt", Encoding.UTF8.GetBytes(Chat), phone.Number);
        string done = await SettledAsync(owner, upload);

        Assert.Contains("The chat is imported: 2 messages read, 2 added.", done, StringComparison.Ordinal);
        Assert.Equal(["a peacock blue one", "with a border of gold"], (await shared.Server.MessagesAsync(phone.Number)).Select(message => message.Text));
        Assert.True(await shared.Server.Database.ScalarAsync<bool>("SELECT bool_and(file_hash IS NULL AND request_sealed IS NULL) FROM vault.import_job WHERE state = 'done'"));
        Assert.Contains("chat.txt", (await owner.GetAsync(Page)).Document.QuerySelector("#imports > li")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_zip_is_read_where_it_lies_encrypted()
    {
        using SandboxPhone phone = shared.NewPhone();
        using DashboardVisitor owner = await shared.OwnerAsync();

        VisitedPage upload = await UploadAsync(owner, "WhatsApp Chat - Asha.zip", ExportedChat.Zip(ExportedChat.Of(3_000), "IMG-20210113-WA0000.jpg"), phone.Number);

        Assert.Contains("3,000 messages read, 3,000 added", await SettledAsync(owner, upload), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_odd_about_a_chat_that_was_imported_is_told()
    {
        using SandboxPhone phone = shared.NewPhone();
        using DashboardVisitor owner = await shared.OwnerAsync();
        const string Odd = "exported by somebody\n3/4/21, 14:05 - Asha: a peacock blue one\n3/4/21, 14:06 - Asha: <Media omitted>\n3/4/21, 14:07 - Aparajita Sarees: IMG-20210403-WA0001.jpg (file attached)\n3/99/21, 14:08 - Asha: x\n4/4/21, 09:00 - Asha: with a border of g";

        VisitedPage upload = await UploadAsync(owner, "chat.txt", Encoding.UTF8.GetBytes(Odd), phone.Number, "dmy");
        await SettledAsync(owner, upload);
        VisitedPage again = await UploadAsync(owner, "chat.txt", Encoding.UTF8.GetBytes(Odd + "old\n"), phone.Number, "dmy");
        string second = await SettledAsync(owner, again);

        string first = (await owner.GetAsync(upload.Location!)).Document.QuerySelector(".note")!.TextContent;
        foreach (string told in (string[])
            [
                "There is text before the first message; it belongs to none and was not imported. (first in line 1, 1 in all)",
                "A line begins like a message but has no possible date; it was read as part of the message before. (first in line 5, 1 in all)",
                "The file ends in the middle of a line", "Files that the phone left out: 1.", "Files that are named but are not in the export: 1.",
            ])
        {
            Assert.Contains(told, first, StringComparison.Ordinal);
        }

        Assert.Contains("4 messages read, 0 added", second, StringComparison.Ordinal);
        Assert.Contains("Messages that stood already: 4.", second, StringComparison.Ordinal);
        Assert.Contains("Of those, shown here edited or deleted: 1;", second, StringComparison.Ordinal);
        Assert.DoesNotContain("ends in the middle", second, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a letter", "", "It is not a chat that WhatsApp exported: no line in it begins as a message does.")]
    [InlineData("3/4/21, 14:05 - Asha: x\n", "919000009977", "Its dates can be read in two ways. Give the file again and say how they are written.")]
    [InlineData("13/04/21, 14:05 - Asha: x\n13/04/21, 14:05 - Aparajita Sarees: y\n", "", "The chat does not hold the customer’s number. Give it beside the file.")]
    [InlineData("13/04/21, 14:05 - Asha: x\n13/04/21, 14:05 - Ravi: y\n", "919000009977", "It does not tell which of the two is your business. Give your name as the chat writes it.")]
    [InlineData("13/04/21, 14:05 - A: x\n13/04/21, 14:05 - B: y\n13/04/21, 14:05 - C: y\n", "919000009977", "It is a group’s chat. Only chats with one customer can be imported.")]
    public async Task What_is_not_imported_is_told_with_its_reason_and_nothing_of_it_stays(string text, string contact, string sentence)
    {
        using DashboardVisitor owner = await shared.OwnerAsync();

        VisitedPage upload = await UploadAsync(owner, "chat.txt", Encoding.UTF8.GetBytes(text), contact);

        Assert.Contains(sentence, await SettledAsync(owner, upload), StringComparison.Ordinal);
        Assert.Empty(await shared.Server.MessagesAsync("919000009977"));
        Assert.Contains(sentence, (await owner.GetAsync(Page)).Document.QuerySelector("#uploads")!.TextContent, StringComparison.Ordinal);
    }

    public static TheoryData<string, string> Hostile => new()
    {
        { "a photo", "It is neither text nor a zip archive, whatever its name says." },
        { "a torn archive", "The archive is damaged." },
        { "an archive in an archive", "The archive holds another archive. Unpack it once and give the one inside." },
        { "a hundred thousand files", "The archive holds more files than any export does." },
        { "a name that points out", "The archive holds a name that points out of it, which no phone writes." },
        { "four gigabytes", "The text in it is larger than any chat." },
        { "two chats", "The archive holds two files called _chat.txt." },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task A_file_that_is_no_chat_is_refused_with_a_sentence_and_nothing_of_it_is_imported(string file, string sentence)
    {
        using SandboxPhone phone = shared.NewPhone();
        using DashboardVisitor owner = await shared.OwnerAsync();

        string shown = await SettledAsync(owner, await UploadAsync(owner, "chat.zip", HostileFile.Of(file, Chat), phone.Number));

        Assert.Contains(sentence, shown, StringComparison.Ordinal);
        Assert.Null(await shared.Server.FindConversationAsync(phone.Number));
    }

    [Fact]
    public async Task A_chat_in_utf16_is_imported_as_it_is()
    {
        using SandboxPhone phone = shared.NewPhone();
        using DashboardVisitor owner = await shared.OwnerAsync();

        string shown = await SettledAsync(owner, await UploadAsync(owner, "chat.txt", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Chat)], phone.Number));

        Assert.Contains("2 messages read, 2 added", shown, StringComparison.Ordinal);
        Assert.Equal(["a peacock blue one", "with a border of gold"], (await shared.Server.MessagesAsync(phone.Number)).Select(message => message.Text));
    }

    [Theory]
    [InlineData("12", 1, "The customer’s number must be 8 to 15 digits with country code, for example +91 90000 00101.")]
    [InlineData("", 0, "The file is empty.")]
    public async Task What_is_wrong_before_it_begins_is_said_at_once_and_what_was_typed_comes_back(string contact, int bytes, string sentence)
    {
        using DashboardVisitor owner = await shared.OwnerAsync();

        VisitedPage refused = await UploadAsync(owner, "chat.txt", new byte[bytes], contact);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains(sentence, refused.Text("#upload-problem"), StringComparison.Ordinal);
        Assert.Equal(contact, refused.Document.QuerySelector("#upload-contact")!.GetAttribute("value") ?? "");
    }

    [Fact]
    public async Task An_import_is_broken_off_on_request_and_the_same_file_adds_the_rest()
    {
        using SandboxPhone phone = shared.NewPhone();
        using DashboardVisitor owner = await shared.OwnerAsync();
        byte[] chat = Encoding.UTF8.GetBytes(ExportedChat.Of(30_000));
        VisitedPage upload = await UploadAsync(owner, "chat.txt", chat, phone.Number);
        await Eventually.TrueAsync(async () => await shared.Server.FindConversationAsync(phone.Number) is not null);

        VisitedPage stopped = await owner.SubmitAsync(await owner.GetAsync(upload.Location!), "form[action$='/stop']");
        Assert.Contains("The import was stopped;", await SettledAsync(owner, stopped), StringComparison.Ordinal);
        long there = await CountAsync(phone);
        string rest = await SettledAsync(owner, await UploadAsync(owner, "chat.txt", chat, phone.Number));

        Assert.InRange(there, 1, 29_999);
        Assert.Contains($"30,000 messages read, {30_000 - there:N0} added", rest, StringComparison.Ordinal);
        Assert.Equal(30_000, await CountAsync(phone));
    }

    [Fact]
    public async Task Uploads_are_for_owners_of_this_workspace_and_forms_of_this_server()
    {
        using SandboxPhone phone = shared.NewPhone();
        using DashboardVisitor owner = await shared.OwnerAsync();
        using DashboardVisitor colleague = await shared.ColleagueAsync();
        using DashboardVisitor other = await shared.OtherOwnerAsync();
        VisitedPage upload = await UploadAsync(owner, "chat.txt", Encoding.UTF8.GetBytes(Chat), phone.Number);
        await SettledAsync(owner, upload);

        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync(upload.Location!)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await colleague.GetAsync(upload.Location!)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await owner.PostAsync(Page, [])).Status);
        Assert.Equal("Nobody", (await other.GetAsync(Page)).Document.QuerySelector("#uploads") is null ? "Nobody" : "somebody's");
    }

    [Fact]
    public async Task Nothing_of_a_file_lies_on_the_disk_as_it_was_given()
    {
        const string Canary = "quetzalcoatlus-northropi";
        using SandboxPhone phone = shared.NewPhone();
        using DashboardVisitor owner = await shared.OwnerAsync();
        string chat = ExportedChat.Of(20_000) + $"30/01/21, 10:00 - Asha: {Canary}\n";

        VisitedPage upload = await UploadAsync(owner, $"{Canary}.txt", Encoding.UTF8.GetBytes(chat), phone.Number);
        await Eventually.TrueAsync(async () => await shared.Server.FindConversationAsync(phone.Number) is not null);
        bool open = await shared.Server.Database.ScalarAsync<bool>("SELECT EXISTS (SELECT FROM vault.import_job WHERE state = 'running')");
        string[] holding = [.. Directory.EnumerateFiles(shared.Server.Get<Munshi.Database.DataDirectory>().Root, "*", SearchOption.AllDirectories).Where(file => Holds(file, Canary))];
        await SettledAsync(owner, upload);

        Assert.True(open);
        Assert.Empty(holding);
    }

    private static bool Holds(string file, string canary)
    {
        try
        {
            return File.ReadAllBytes(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes(canary)) >= 0;
        }
        catch (IOException)
        {
            return false; // removed meanwhile, or locked
        }
    }

    private static async Task<VisitedPage> UploadAsync(DashboardVisitor owner, string name, byte[] content, string contact, string order = "")
    {
        VisitedPage page = await owner.GetAsync(Page);
        return await owner.UploadAsync(page, "#upload-form", name, content, ("contact", contact), ("business", ""), ("order", order), ("zone", "Asia/Kolkata"));
    }

    private static async Task<string> SettledAsync(DashboardVisitor owner, VisitedPage upload)
    {
        string shown = "";
        await Eventually.TrueAsync(async () =>
        {
            VisitedPage page = await owner.GetAsync(upload.Location!);
            shown = page.Document.QuerySelector(".page-body")!.TextContent;
            return page.Document.QuerySelector("progress, form[action$='/stop']") is null && !shown.Contains("being stopped", StringComparison.Ordinal);
        });
        return shown;
    }

    private async Task<long> CountAsync(SandboxPhone phone) => await shared.Server.Database.ScalarAsync<long>(
        $"SELECT count(*) FROM vault.message WHERE conversation_id = '{await shared.Server.ConversationAsync(phone.Number)}'");
}
