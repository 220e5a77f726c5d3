using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AngleSharp.Dom;
using Munshi.Audit;
using Munshi.Tests.Audit.Export;
using Munshi.Tests.Running;
using Munshi.Tests.Sandbox;
using Munshi.Tests.Web;

namespace Munshi.Tests.Archives;

/// <summary>What stands in a workspace's archive, what does not, and that stock tools and the verifiers confirm it.</summary>
public sealed class WorkspaceArchiveTests(ArchivedWorkspace archived) : IClassFixture<ArchivedWorkspace>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stock_tools_confirm_every_file_and_the_signature_over_the_manifest()
    {
        ProgramResult sums = await ShellAsync("sha256sum --quiet --strict -c MANIFEST");
        string[] named = [.. (await File.ReadAllLinesAsync(archived.PathOf("MANIFEST"), Cancellation)).Select(line => line[66..])];
        string[] present = [.. Directory.EnumerateFiles(archived.Whole, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(archived.Whole, file))];
        string hash = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(archived.PathOf("MANIFEST"), Cancellation)));
        string readme = archived.Text("README.txt");
        string check = string.Join('\n', readme.Split('\n').SkipWhile(line => !line.Contains("sed '", StringComparison.Ordinal)).TakeWhile(line => line.Length > 0).Select(line => line.Trim()));
        string place = Directory.CreateTempSubdirectory("munshi-test-tools-").FullName;
        ProgramResult signature = await ShellAsync(check.Replace("/tmp/", place + "/", StringComparison.Ordinal));
        Directory.Delete(place, recursive: true);

        Assert.Equal((0, "", ""), (sums.ExitCode, sums.Output, sums.Errors));
        Assert.Equal(present.Except(["MANIFEST", "MANIFEST.note"]).Order(StringComparer.Ordinal), named);
        Assert.Matches($"^munshi-archive/1\nlog {archived.Server.ClientId}\ntime 20.{{24}}Z\nfiles {named.Length}\nsha256 {hash}\n\n— [^\n]+\n$", archived.Text("MANIFEST.note"));
        Assert.Equal("Signature Verified Successfully\n", signature.Output);
        Assert.Equal(0, signature.ExitCode);
    }

    [Fact]
    public async Task The_verifier_confirms_the_whole_and_each_part_that_proves_itself()
    {
        Verdict verdict = OfflineVerifier.Program(archived.Whole);
        JsonElement[] messages = archived.Lines("messages");
        JsonElement archive = verdict.Total.GetProperty("archive");

        Assert.Empty(verdict.Findings);
        Assert.Equal((0, true), (verdict.ExitCode, verdict.IsOk));
        Assert.Equal(messages.Length, archive.GetProperty("messages").GetInt32());
        int wordless = messages.Count(message => message.TryGetProperty("deleted", out _) || message.TryGetProperty("erased", out _));
        Assert.Equal((wordless, messages.Length - wordless), (archive.GetProperty("wordless").GetInt32(), archive.GetProperty("proved").GetInt32()));
        Assert.Equal(3, messages.Count(message => message.TryGetProperty("deleted", out _)) + messages.Count(message => message.TryGetProperty("erased", out _)));
        Assert.All(await OfflineVerifier.BothAsync(archived.PathOf("ledger")), ledger =>
        {
            Assert.Empty(ledger.Findings);
            Assert.Equal(4, ledger.Total.GetProperty("withheld").GetInt32()); // two wordings, a note, and the hand-off that told of one
        });
        Assert.EndsWith(" withheld, 0.0 s: nothing was altered\n", await OfflineVerifier.TextAsync(archived.PathOf("ledger")), StringComparison.Ordinal);
        ProgramResult built = await OfflineVerifier.RunAsync(archived.PathOf("ledger/munshi-verify"), [archived.Whole]);
        Assert.True(built.ExitCode == 0, built.Output);
        Assert.Contains($" {messages.Length} messages, {messages.Length - wordless} of them as their records in the ledger say, {wordless} without words\n", built.Output, StringComparison.Ordinal);
        string[] pages = Directory.GetFiles(archived.PathOf("html/conversations"));
        Assert.Equal(archived.Written.Conversations, pages.Length);
        Assert.All(pages, page => Assert.Empty(OfflineVerifier.Program(page).Findings));
    }

    [Fact]
    public void Messages_stand_in_the_data_as_they_were_written_with_edits_and_deletions_as_events()
    {
        JsonElement[] messages = archived.Lines("messages");
        JsonElement kept = Assert.Single(messages, message => Text(message, "text") == ArchivedWorkspace.Kept);
        JsonElement edit = Assert.Single(messages, message => Text(message, "text") == ArchivedWorkspace.Edited);
        JsonElement revocation = Assert.Single(messages, message => Text(message, "kind") == "revoke");
        JsonElement gone = Assert.Single(messages, message => Text(message, "id") == Text(revocation, "refersTo"));
        JsonElement withdrawn = Assert.Single(messages, message => Text(message, "text") == ArchivedWorkspace.Withdrawn);

        Assert.Equal(("edit", Text(kept, "id")), (Text(edit, "kind"), Text(edit, "refersTo")));
        Assert.Contains(ArchivedWorkspace.Kept, Encoding.UTF8.GetString(kept.GetProperty("raw").GetBytesFromBase64()), StringComparison.Ordinal);
        Assert.Equal((null, null), (Text(gone, "text"), Text(gone, "raw")));
        Assert.Equal(Text(revocation, "at"), Text(gone, "deleted"));
        Assert.True(withdrawn.GetProperty("withdrawn").GetBoolean());
        JsonElement erased = Assert.Single(messages, message => message.TryGetProperty("erased", out _));
        Assert.Equal((null, null), (Text(erased, "text"), Text(erased, "raw")));
        Assert.Equal(messages.Select(message => Text(message, "id")).Order(StringComparer.Ordinal), messages.Select(message => Text(message, "id")));
    }

    [Fact]
    public void What_people_made_of_conversations_and_customers_is_in_the_data()
    {
        JsonElement conversation = Assert.Single(archived.Lines("conversations"), one => Text(one, "id") == archived.Conversation.ToString());
        JsonElement label = Assert.Single(archived.Lines("labels"));
        JsonElement value = Assert.Single(archived.Lines("field-values"));
        JsonElement[] notes = [.. archived.Lines("notes").OrderBy(note => Text(note, "at"), StringComparer.Ordinal)];
        string? contact = Text(conversation, "contact");

        Assert.Equal(("Wholesale", "open"), (Text(label, "name"), Text(conversation, "state")));
        Assert.Equal(Text(label, "id"), Assert.Single(conversation.GetProperty("labels").EnumerateArray()).GetString());
        Assert.Equal(("thirty-six", "Blouse size"), (Text(value, "value"), Text(Assert.Single(archived.Lines("fields")), "name")));
        Assert.Equal(["call back on Monday", null], notes.Select(note => Text(note, "text")));
        Assert.NotNull(Text(notes[1], "deleted"));
        Assert.Contains(archived.Lines("identifiers"), one => Text(one, "contact") == contact && Text(one, "kind") == "phone" && Text(one, "value") == "919000007001");
        Assert.NotNull(Text(Assert.Single(archived.Lines("contacts"), one => Text(one, "id") == contact), "optedOutAt"));
        JsonElement joined = Assert.Single(archived.Lines("contact-events"));
        JsonElement moved = Assert.Single(archived.Lines("identifiers"), one => Text(one, "value") == "919000007008");
        Assert.Equal(("merged", Text(moved, "contact"), $"person:{archived.Server.OwnerId}"), (Text(joined, "kind"), Text(joined, "contact"), Text(joined, "actor")));
        Assert.Equal(Text(moved, "id"), Assert.Single(joined.GetProperty("identifiers").EnumerateArray()).GetString());
        Assert.Equal(["Asha Owner", "Debjit Colleague"], archived.Lines("people").Select(person => Text(person, "name")).Order(StringComparer.Ordinal));
        Assert.Equal("919000000001", Text(Assert.Single(archived.Lines("numbers")), "number"));
        Assert.Equal(("demo", "Aparajita Sarees"), (Text(Assert.Single(archived.Lines("workspace")), "handle"), Text(archived.Lines("workspace")[0], "name")));
        Assert.Equal([false, true], archived.Lines("imports").Select(import => import.TryGetProperty("withdrawn", out _)));
        Assert.Equal(43, archived.Lines("observations").Length);
        Assert.NotEmpty(archived.Lines("knowledge"));
        Assert.NotEmpty(archived.Lines("statuses"));
    }

    [Fact]
    public void Files_are_the_bytes_that_were_sent_once_each_with_a_line_for_every_message()
    {
        string picture = Convert.ToHexStringLower(SHA256.HashData(ArchivedWorkspace.Picture));
        string paper = Convert.ToHexStringLower(SHA256.HashData(ArchivedWorkspace.Paper));
        JsonElement[] lines = archived.Lines("media");

        Assert.Equal(new[] { picture, paper }.Order(StringComparer.Ordinal), Directory.GetFiles(archived.PathOf("media")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(ArchivedWorkspace.Picture, File.ReadAllBytes(archived.PathOf($"media/{picture}")));
        Assert.Equal(ArchivedWorkspace.Paper, File.ReadAllBytes(archived.PathOf($"media/{paper}")));
        Assert.Equal(2, lines.Count(line => Text(line, "sha256") == picture && Text(line, "type") == "image/jpeg"));
        Assert.Equal("<b>bill</b>.pdf", Text(Assert.Single(lines, line => Text(line, "sha256") == paper), "name"));
        Assert.All(lines, line => Assert.Contains(archived.Lines("messages"), message => Text(message, "id") == Text(line, "message")));
        Assert.Equal(0, archived.Written.LostFiles);
    }

    [Fact]
    public void Nothing_of_another_workspace_nothing_deleted_or_erased_and_no_secret_is_anywhere_in_it()
    {
        string[] forbidden =
        [
            ArchivedWorkspace.Foreign, ArchivedWorkspace.Deleted, ArchivedWorkspace.DeletedLater, ArchivedWorkspace.Erased, ArchivedWorkspace.RemovedNote,
            RunningServer.AccessToken, RunningServer.AppSecret, RunningServer.VerifyToken, "Omar Other", "Other Shop",
        ];
        foreach (string file in Directory.EnumerateFiles(archived.Whole, "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) != "munshi-verify"))
        {
            string text = Encoding.Latin1.GetString(File.ReadAllBytes(file));
            string all = text + string.Concat(Opened(text));
            Assert.All(forbidden, word => Assert.False(all.Contains(word, StringComparison.Ordinal), $"{word} is in {Path.GetRelativePath(archived.Whole, file)}"));
        }

        string records = archived.Text("ledger/records.jsonl");
        Assert.Contains(ArchivedWorkspace.Kept, string.Concat(Opened(records)), StringComparison.Ordinal); // so that the search would find it
        Assert.DoesNotContain(ArchivedWorkspace.Withdrawn, string.Concat(Directory.GetFiles(archived.PathOf("html"), "*", SearchOption.AllDirectories).Select(File.ReadAllText)), StringComparison.Ordinal);
    }

    [Fact]
    public void The_pages_open_without_a_network_run_nothing_and_list_every_conversation_newest_first()
    {
        IDocument index = PageRenderer.Parse(archived.Text("html/index.html"));
        string[] links = [.. index.QuerySelectorAll("li a").Select(link => link.GetAttribute("href")!)];
        string style = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(index.QuerySelector("style")!.TextContent)));
        string[] newest = [.. archived.Lines("conversations").OrderByDescending(one => Text(one, "lastAt"), StringComparer.Ordinal).ThenByDescending(one => Text(one, "id"), StringComparer.Ordinal).Select(one => $"conversations/{Text(one, "id")}.html")];

        Assert.Equal(newest, links);
        Assert.All(links, link => Assert.True(File.Exists(archived.PathOf($"html/{link}"))));
        Assert.Equal("en", index.DocumentElement.GetAttribute("lang"));
        Assert.Contains("prefers-color-scheme: dark", index.QuerySelector("style")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("width=device-width, initial-scale=1", index.QuerySelector("meta[name=viewport]")!.GetAttribute("content"));
        Assert.Equal($"default-src 'none'; style-src 'sha256-{style}'; base-uri 'none'; form-action 'none'", index.QuerySelector("meta[http-equiv=Content-Security-Policy]")!.GetAttribute("content"));
        Assert.Contains(index.QuerySelectorAll("li a"), link => link.TextContent == "Asha Rao");
        foreach (string file in Directory.EnumerateFiles(archived.PathOf("html"), "*.html", SearchOption.AllDirectories))
        {
            IDocument page = PageRenderer.Parse(File.ReadAllText(file));
            Assert.Empty(page.QuerySelectorAll("script, iframe, object, link, form, base"));
            Assert.All(page.QuerySelectorAll("[src], [href]"), one => Assert.Matches("^(data:image/|#m-|conversations/[0-9a-f-]{36}\\.html$)", one.GetAttribute("src") ?? one.GetAttribute("href")!));
            Assert.DoesNotContain("http", page.QuerySelector("style")!.TextContent, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Only_its_owner_may_open_it_and_its_paths_tell_nothing_of_anybody()
    {
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(archived.Whole));
        foreach (string path in Directory.EnumerateFileSystemEntries(archived.Whole, "*", SearchOption.AllDirectories))
        {
            UnixFileMode mode = File.GetUnixFileMode(path);
            bool isRun = Directory.Exists(path) || Path.GetFileName(path) == "munshi-verify";
            Assert.Equal(isRun ? UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute : UnixFileMode.UserRead | UnixFileMode.UserWrite, mode);
            Assert.Matches("^[A-Za-z0-9._/-]+$", Path.GetRelativePath(archived.Whole, path));
        }
    }

    [Fact]
    public async Task That_it_was_asked_for_is_recorded_and_the_ledger_stays_whole()
    {
        Assert.Equal(
            $"program:operator workspace:{archived.Server.ClientId}",
            await archived.Server.Database.ScalarAsync<string>("SELECT DISTINCT actor || ' ' || object FROM audit.event WHERE action = 'workspace.exported'"));
        await Eventually.TrueAsync(async () => (await archived.Server.Get<LedgerVerifier>().VerifyAsync(archived.Server.ClientId, Cancellation)).IsOk);
    }

    private Task<ProgramResult> ShellAsync(string command) => OfflineVerifier.RunAsync("/bin/sh", ["-c", $"cd {archived.Whole} && {command}"]);

    private static string? Text(JsonElement line, string name) => line.GetProperty(name).GetString();

    /// <summary>What stands in base64 between quotation marks, opened.</summary>
    private static IEnumerable<string> Opened(string text)
    {
        foreach (string part in text.Split('"').Where(part => part.Length > 20))
        {
            byte[] opened = new byte[part.Length];
            yield return Convert.TryFromBase64String(part, opened, out int length) ? Encoding.Latin1.GetString(opened, 0, length) : "";
        }
    }
}
