using System.IO.Compression;
using System.Net;
using System.Text;
using AngleSharp.Dom;
using Munshi.Audit;
using Munshi.Database;
using Munshi.Import;
using Munshi.Tests.Dashboard;
using Munshi.Tests.Running;
using Munshi.Tests.Sandbox;
using Munshi.Vault.Importing;
using Npgsql;

namespace Munshi.Tests.Import;

/// <summary>The files of an exported chat are kept with their messages, each once, and nothing that only pretends to be one.</summary>
public sealed class AttachedFilesTests(DashboardServer shared) : IClassFixture<DashboardServer>
{
    private const string Photo = "IMG-20210113-WA0000.jpg";
    private const string Bill = "Bill of January.pdf";

    private const string Chat =
        $"13/01/21, 10:00 - Asha: {Photo} (file attached)\n13/01/21, 10:05 - {ExportedChat.Shop}: {Bill} (file attached)\n13/01/21, 10:06 - Asha: thank you\n";

    private const string ChatAlone =
        $"13/01/21, 10:00 - Asha: <Media omitted>\n13/01/21, 10:05 - {ExportedChat.Shop}: <Media omitted>\n13/01/21, 10:06 - Asha: thank you\n";

    private static readonly byte[] Picture = [0xff, 0xd8, 0xff, 0xe0, .. Enumerable.Range(0, 200_000).Select(i => (byte)(i * 7 / 3))];
    private static readonly byte[] Pdf = "%PDF-1.7 three sarees"u8.ToArray();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_photo_and_a_document_of_an_export_are_shown_in_the_conversation_as_they_were()
    {
        using SandboxPhone phone = shared.NewPhone();
        ImportOutcome.Imported imported = await ImportAsync(phone, Chat, (Photo, Picture), (Bill, Pdf));
        using DashboardVisitor owner = await shared.OwnerAsync();
        IDocument page = await ThreadAsync(owner, phone);

        Assert.Equal((2, 2), (imported.Media, imported.KeptMedia));
        Assert.Equal(Picture, await owner.Http.GetByteArrayAsync(page.QuerySelector(".media-picture img")!.GetAttribute("src"), Cancellation));
        IElement document = page.QuerySelector("a.media-file")!;
        Assert.Contains(Bill, document.TextContent, StringComparison.Ordinal);
        using HttpResponseMessage redirect = await owner.Http.GetAsync(document.GetAttribute("href"), Cancellation);
        using HttpResponseMessage file = await owner.Http.GetAsync(redirect.Headers.Location, Cancellation);
        Assert.Equal(Pdf, await file.Content.ReadAsByteArrayAsync(Cancellation));
        Assert.Equal(("attachment", Bill), (file.Content.Headers.ContentDisposition!.DispositionType, file.Content.Headers.ContentDisposition.FileNameStar ?? file.Content.Headers.ContentDisposition.FileName!.Trim('"')));
        Assert.Contains("2 photos, voice messages and documents kept", (await owner.GetAsync(ShowImports.Url)).Text("#imports > li:first-child"), StringComparison.Ordinal);
        Assert.DoesNotContain("gave no value to check", page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_export_again_keeps_no_file_twice_and_one_with_media_brings_them_to_one_without()
    {
        using SandboxPhone phone = shared.NewPhone();
        ImportOutcome.Imported without = ExportedChat.Done(await shared.Server.ImportAsync(ChatAlone, phone.Number));
        long none = await FilesAsync(phone);

        ImportOutcome.Imported with = await ImportAsync(phone, Chat, (Photo, Picture), (Bill, Pdf));
        ImportOutcome.Imported again = await ImportAsync(phone, Chat, (Photo, Picture), (Bill, Pdf));

        Assert.Equal((3, 0L), (without.Added, none));
        Assert.Equal((0, 2, 2), (with.Added, with.Media, with.KeptMedia));
        Assert.Equal((0, 2, 0), (again.Added, again.Media, again.KeptMedia));
        Assert.Equal(2, await FilesAsync(phone));
    }

    [Fact]
    public async Task A_file_is_committed_to_in_the_ledger_and_lies_nowhere_as_it_was_given()
    {
        using SandboxPhone phone = shared.NewPhone();
        byte[] canary = [0xff, 0xd8, 0xff, 0xe0, .. "a canary of AttachedFilesTests that lies in no file"u8];
        await ImportAsync(phone, Chat, (Photo, canary));

        Assert.Equal("media.stored", await shared.Server.Database.ScalarAsync<string>(
            $"SELECT e.action FROM audit.event e JOIN vault.media d ON e.object = 'media:' || d.id JOIN vault.message m ON m.id = d.message_id WHERE m.conversation_id = '{await shared.Server.ConversationAsync(phone.Number)}'"));
        Assert.DoesNotContain(
            Directory.EnumerateFiles(shared.Server.Get<DataDirectory>().Media, "*", SearchOption.AllDirectories),
            path => File.ReadAllBytes(path).AsSpan().IndexOf("a canary of AttachedFilesTests"u8) >= 0);
    }

    [Fact]
    public async Task What_is_damaged_empty_or_there_twice_is_named_and_not_kept_and_the_messages_stand()
    {
        using SandboxPhone phone = shared.NewPhone();
        byte[] archive = Zip(
            "13/01/21, 10:00 - Asha: IMG-20210113-WA0001.jpg (file attached)\n13/01/21, 10:01 - Asha: IMG-20210113-WA0002.jpg (file attached)\n"
            + "13/01/21, 10:02 - Asha: IMG-20210113-WA0003.jpg (file attached)\n13/01/21, 10:03 - Asha: IMG-20210113-WA0004.jpg (file attached)\n13/01/21, 10:04 - Asha: IMG-20210113-WA0005.jpg (file attached)\n"
            + $"13/01/21, 10:05 - {ExportedChat.Shop}: thank you\n",
            [("IMG-20210113-WA0001.jpg", Picture), ("IMG-20210113-WA0002.jpg", []), ("a/IMG-20210113-WA0003.jpg", Picture), ("b/IMG-20210113-WA0003.jpg", Pdf), ("IMG-20210113-WA0004.jpg", Picture)],
            CompressionLevel.NoCompression);
        archive[archive.AsSpan().IndexOf(Picture.AsSpan(0, 64)) + 5_000] ^= 1; // in the first of them

        ImportOutcome.Imported imported = ExportedChat.Done(await shared.Server.ImportAsync(archive, phone.Number));

        Assert.Equal((6, 4, 1), (imported.Added, imported.Media, imported.KeptMedia));
        Assert.Equal(
            [("IMG-20210113-WA0001.jpg", FileRefusal.Damaged), ("IMG-20210113-WA0002.jpg", FileRefusal.Empty), ("IMG-20210113-WA0003.jpg", FileRefusal.NotTaken)],
            imported.RefusedMedia.Select(file => (file.Name, file.Reason)));
        Assert.Equal(["IMG-20210113-WA0005.jpg"], imported.MissingMedia);
        Assert.Equal(1, await FilesAsync(phone));
    }

    [Fact]
    public async Task One_file_that_many_messages_name_is_kept_once_and_a_bomb_not_at_all()
    {
        using SandboxPhone phone = shared.NewPhone();
        string many = string.Concat(Enumerable.Range(0, 50).Select(i => FormattableString.Invariant($"13/01/21, 10:{i:00} - Asha: {Photo} (file attached)\n"))) + $"13/01/21, 10:50 - {ExportedChat.Shop}: the same again?\n";
        ImportOutcome.Imported repeated = await ImportAsync(phone, many, (Photo, Picture));
        using SandboxPhone other = shared.NewPhone();

        ImportOutcome.Imported bomb = await ImportAsync(other, Chat, (Photo, new byte[70 * 1024 * 1024]));

        ImportOutcome.Imported again = await ImportAsync(phone, many, (Photo, Picture));

        Assert.Equal((50, 1), (repeated.Media, repeated.KeptMedia));
        Assert.Equal((50, 0), (again.Media, again.KeptMedia));
        Assert.Equal(0, bomb.KeptMedia);
        Assert.Equal((Photo, FileRefusal.NotTaken), bomb.RefusedMedia.Select(file => (file.Name, file.Reason)).Single());
        Assert.All(repeated.RefusedMedia, file => Assert.Equal(FileRefusal.NamedBefore, file.Reason));
    }

    [Fact]
    public async Task Taken_back_with_its_import_a_file_is_shown_no_more_and_comes_back_with_it()
    {
        using SandboxPhone phone = shared.NewPhone();
        ExportedChat.Done(await shared.Server.ImportAsync(ChatAlone, phone.Number));
        await ImportAsync(phone, Chat, (Photo, Picture));
        using DashboardVisitor owner = await shared.OwnerAsync();
        string link = (await ThreadAsync(owner, phone)).QuerySelector(".media-picture img")!.GetAttribute("src")!;
        Guid import = await NewestImportAsync();

        await shared.Server.Get<ImportWithdrawals>().WithdrawAsync(shared.Server.ClientId, import, Actor.Operator, Cancellation);
        IDocument without = await ThreadAsync(owner, phone);
        using HttpResponseMessage gone = await owner.Http.GetAsync(link, Cancellation);
        ImportOutcome.Imported another = await ImportAsync(phone, Chat + "13/01/21, 10:07 - Asha: bye\n", (Photo, Picture));

        Assert.Null(without.QuerySelector(".media-picture"));
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        Assert.Contains("thank you", without.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(1, another.Added);
        Assert.NotNull((await ThreadAsync(owner, phone)).QuerySelector(".media-picture"));
        Assert.Equal(1, await FilesAsync(phone));
    }

    [Fact]
    public async Task What_was_deleted_gets_neither_its_file_back_nor_lines_with_its_words_beside_the_deletion()
    {
        using SandboxPhone phone = shared.NewPhone();
        const string Canary = "the words that were taken back";
        ExportedChat.Done(await shared.Server.ImportAsync(
            $"13/01/21, 10:00 - Asha: This message was deleted\n13/01/21, 10:01 - Asha: This message was deleted\n13/01/21, 10:05 - {ExportedChat.Shop}: as you like\n13/01/21, 10:06 - Asha: thank you\n",
            phone.Number));

        ImportOutcome.Imported older = await ImportAsync(
            phone,
            $"13/01/21, 10:00 - Asha: {Photo} (file attached)\n13/01/21, 10:01 - Asha: {Canary}\n13/01/21, 10:05 - {ExportedChat.Shop}: as you like\n13/01/21, 10:06 - Asha: thank you\n",
            (Photo, Picture));

        Assert.Equal((0, 1, 0), (older.Added, older.Media, older.KeptMedia));
        Assert.Equal(0, await FilesAsync(phone));
        Assert.True(await shared.Server.Database.ScalarAsync<bool>(
            $"SELECT bool_and(raw_sealed IS NULL) FROM vault.message WHERE kind = 'revoke' AND conversation_id = '{await shared.Server.ConversationAsync(phone.Number)}'"));
    }

    [Fact]
    public async Task A_file_that_two_imports_brought_stays_until_both_are_taken_back()
    {
        using SandboxPhone phone = shared.NewPhone();
        await ImportAsync(phone, Chat, (Photo, Picture));
        Guid first = await NewestImportAsync();
        await ImportAsync(phone, Chat + "13/01/21, 10:07 - Asha: bye\n", (Photo, Picture));
        Guid second = await NewestImportAsync();
        using DashboardVisitor owner = await shared.OwnerAsync();
        ImportWithdrawals withdrawals = shared.Server.Get<ImportWithdrawals>();

        await withdrawals.WithdrawAsync(shared.Server.ClientId, first, Actor.Operator, Cancellation);
        IDocument one = await ThreadAsync(owner, phone);
        await withdrawals.WithdrawAsync(shared.Server.ClientId, second, Actor.Operator, Cancellation);

        Assert.NotEqual(first, second);
        Assert.NotNull(one.QuerySelector(".media-picture"));
        Assert.Null((await ThreadAsync(owner, phone)).QuerySelector(".media-picture"));
    }

    [Fact]
    public async Task What_came_from_WhatsApp_is_no_imports_file_whatever_is_written()
    {
        using SandboxPhone phone = shared.NewPhone();
        await phone.SendAsync("saree.jpg", "image/jpeg", Picture, Cancellation);
        Guid media = Guid.Empty;
        await Eventually.TrueAsync(async () => (media = await shared.Server.Database.ScalarAsync<Guid>("SELECT coalesce((SELECT d.id FROM vault.media d JOIN vault.message m ON m.id = d.message_id WHERE d.state = 'stored' AND m.source = 'webhook' LIMIT 1), '00000000-0000-0000-0000-000000000000')")) != Guid.Empty);
        await ImportAsync(phone, Chat, (Bill, Pdf));
        Guid import = await NewestImportAsync();

        PostgresException kept = await Assert.ThrowsAsync<PostgresException>(() => shared.Server.Database.AsSuperuserAsync($"UPDATE vault.media SET from_export = true WHERE id = '{media}'"));
        PostgresException refused = await Assert.ThrowsAsync<PostgresException>(() => shared.Server.Get<WorkspaceDatabase>().ExecuteAsync(
            shared.Server.ClientId,
            [new Statement("INSERT INTO vault.media_import (client_id, media_id, import_id) VALUES ($1, $2, $3)").Uuid(shared.Server.ClientId).Uuid(media).Uuid(import)],
            Cancellation));

        Assert.Equal((PostgresErrorCodes.CheckViolation, PostgresErrorCodes.CheckViolation), (kept.SqlState, refused.SqlState));
    }

    private Task<Guid> NewestImportAsync() => shared.Server.Database.ScalarAsync<Guid>("SELECT id FROM vault.import ORDER BY id DESC LIMIT 1");

    private async Task<ImportOutcome.Imported> ImportAsync(SandboxPhone phone, string chat, params (string Name, byte[] Content)[] files) =>
        ExportedChat.Done(await shared.Server.ImportAsync(Zip(chat, files, CompressionLevel.Optimal), phone.Number));

    private async Task<long> FilesAsync(SandboxPhone phone) => await shared.Server.Database.ScalarAsync<long>(
        $"SELECT count(*) FROM vault.media d JOIN vault.message m ON m.id = d.message_id WHERE m.conversation_id = '{await shared.Server.ConversationAsync(phone.Number)}'");

    private async Task<IDocument> ThreadAsync(DashboardVisitor owner, SandboxPhone phone) =>
        (await owner.GetAsync($"/inbox/{await shared.Server.ConversationAsync(phone.Number)}")).Document;

    private static byte[] Zip(string chat, (string Name, byte[] Content)[] files, CompressionLevel level)
    {
        using MemoryStream stream = new();
        using (ZipArchive archive = new(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] content) in files.Prepend(("_chat.txt", Encoding.UTF8.GetBytes(chat))))
            {
                using Stream entry = archive.CreateEntry(name, level).Open();
                entry.Write(content);
            }
        }

        return stream.ToArray();
    }
}
