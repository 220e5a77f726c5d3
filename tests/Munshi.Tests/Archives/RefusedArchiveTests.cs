using System.Text.Json.Nodes;
using Munshi.Archives.Importing;
using Munshi.Archives.Importing.Lines;
using Munshi.Audit.Export;
using Munshi.CommandLine;
using Munshi.Ledger.Notes;

namespace Munshi.Tests.Archives;

/// <summary>What is not as it was signed, or not of its form, is refused with a sentence, and nothing of it is written.</summary>
public sealed class RefusedArchiveTests(TwoInstallations two) : IClassFixture<TwoInstallations>
{
    private const string Unused = "unused";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("README.txt")]
    [InlineData("data/messages.jsonl")]
    [InlineData("html/index.html")]
    [InlineData("ledger/records.jsonl")]
    public async Task A_changed_byte_in_any_file_is_named(string file)
    {
        string copy = two.Copy();
        string path = Path.Combine(copy, file);
        byte[] bytes = await File.ReadAllBytesAsync(path, Cancellation);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(path, bytes, Cancellation);

        Assert.StartsWith($"{file} is not the file that was signed", await RefusedAsync(copy), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_manifest_or_note_is_named()
    {
        string manifest = two.Copy();
        await File.AppendAllTextAsync(Path.Combine(manifest, "MANIFEST"), new string('0', 64) + "  zzz\n", Cancellation);
        string signature = two.Copy();
        string note = await File.ReadAllTextAsync(Path.Combine(signature, "MANIFEST.note"), Cancellation);
        await File.WriteAllTextAsync(Path.Combine(signature, "MANIFEST.note"), note.Replace("files ", "files 1", StringComparison.Ordinal), Cancellation);
        string without = two.Copy();
        File.Delete(Path.Combine(without, "MANIFEST.note"));

        Assert.StartsWith("zzz is missing", await RefusedAsync(manifest), StringComparison.Ordinal);
        Assert.StartsWith("MANIFEST.note is not signed by a log of ledger/policy", await RefusedAsync(signature), StringComparison.Ordinal);
        Assert.StartsWith("MANIFEST.note is missing", await RefusedAsync(without), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_the_operator_does_not_know_is_refused_and_one_that_they_know_is_accepted()
    {
        string other = two.Source.NewDirectory();
        await File.WriteAllTextAsync(other, $"log {new VerifierKey("else.example", NoteKeyType.Ed25519, Ed25519.PublicKey(new byte[Ed25519.SeedLength]))}\nquorum none\n", Cancellation);
        string own = two.Source.NewDirectory();
        File.Copy(Path.Combine(two.Archive, "ledger/policy"), own);

        Assert.StartsWith($"MANIFEST.note is not signed by a log of {other}", await RefusedAsync(two.Archive, other), StringComparison.Ordinal);
        Assert.False((await two.ImportAsync(two.Archive, "known", own)).WasThere);
    }

    [Fact]
    public async Task A_link_a_pipe_a_further_file_and_a_missing_one_are_named()
    {
        string linked = two.Copy();
        File.Delete(Path.Combine(linked, "data/labels.jsonl"));
        File.CreateSymbolicLink(Path.Combine(linked, "data/labels.jsonl"), Path.Combine(two.Archive, "data/labels.jsonl"));
        string folder = two.Source.NewDirectory();
        File.CreateSymbolicLink(folder, two.Archive);
        string extra = two.Copy();
        await File.WriteAllTextAsync(Path.Combine(extra, "data/zebra.jsonl"), "{}\n", Cancellation);
        string missing = two.Copy();
        File.Delete(Path.Combine(missing, "data/labels.jsonl"));

        Assert.StartsWith("data/labels.jsonl is neither a file nor a folder", await RefusedAsync(linked), StringComparison.Ordinal);
        Assert.StartsWith($"{folder} is no directory", await RefusedAsync(folder), StringComparison.Ordinal);
        Assert.StartsWith("data/zebra.jsonl is not named by MANIFEST", await RefusedAsync(extra), StringComparison.Ordinal);
        Assert.StartsWith("data/labels.jsonl is missing", await RefusedAsync(missing), StringComparison.Ordinal);
        Assert.Equal($"There is no directory {missing}-not.", await RefusedAsync(missing + "-not"));
    }

    [Theory]
    [InlineData("messages", "\"direction\":\"in\"", "\"direction\":\"up\"", "\"direction\" must be one of in, out")]
    [InlineData("messages", "\"turn\":", "\"turns\":", "\"turn\" is expected in its place")]
    [InlineData("messages", "\"refersTo\":null}", "\"refersTo\":null,\"more\":1}", "no further member is expected")]
    [InlineData("messages", "\"id\":\"", "\"id\":\"0", "\"id\" must be an id")]
    [InlineData("conversations", "\"openedAt\":\"2", "\"openedAt\":\"x", "\"openedAt\" must be a time in UTC with microseconds")]
    [InlineData("labels", "}", "", "a JSON object in UTF-8 is expected")]
    [InlineData("knowledge", "\"Answer\":\"", "\"Answers\":\"", "\"entry\" must be an entry of the knowledge")]
    public async Task A_line_that_is_not_of_its_form_is_named_by_its_number_and_nothing_of_it_is_told(string name, string part, string instead, string sentence)
    {
        int number = 0;
        string copy = await two.AlteredAsync(name, lines =>
        {
            string[] altered = [.. lines];
            number = Array.FindLastIndex(altered, line => line.Contains(part, StringComparison.Ordinal));
            int at = altered[number].IndexOf(part, StringComparison.Ordinal);
            altered[number] = altered[number][..at] + instead + altered[number][(at + part.Length)..];
            return altered;
        });

        string refusal = await RefusedAsync(copy);

        Assert.StartsWith($"data/{name}.jsonl, line {number + 1}, is not of the form that docs/data-format.md gives: {sentence}", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_without_its_end_one_that_stands_twice_and_a_file_that_is_not_there_are_refused()
    {
        string twice = await two.AlteredAsync("messages", lines => lines.Append(lines[^1]));
        string endless = two.Copy();
        await File.AppendAllTextAsync(Path.Combine(endless, "data/notes.jsonl"), "{", Cancellation);
        await two.Source.ResealAsync(endless);
        string gone = two.Copy();
        File.Delete(Directory.GetFiles(Path.Combine(gone, "media"))[0]);
        await two.Source.ResealAsync(gone);

        Assert.Contains("no id twice", await RefusedAsync(twice), StringComparison.Ordinal);
        Assert.Contains("does not end with a line feed", await RefusedAsync(endless), StringComparison.Ordinal);
        Assert.Contains("is not in media/", await RefusedAsync(gone), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_handle_that_is_in_use_or_is_none_is_refused()
    {
        string other = await two.AlteredAsync("labels", lines => []);
        await File.WriteAllTextAsync(Path.Combine(other, "data/conversations.jsonl"), string.Concat(
            (await File.ReadAllLinesAsync(Path.Combine(other, "data/conversations.jsonl"), Cancellation))
                .Select(line => System.Text.RegularExpressions.Regex.Replace(line, "\"labels\":\\[[^\\]]*\\]", "\"labels\":[]") + "\n")), Cancellation);
        await two.Source.ResealAsync(other);

        Assert.StartsWith($"There is already a workspace '{TwoInstallations.Handle}'", await RefusedAsync(other, handle: TwoInstallations.Handle), StringComparison.Ordinal);
        Assert.StartsWith("The handle must be 1 to 48", await RefusedAsync(two.Archive, handle: "Not A Handle"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("identifiers", "contact", "contacts")]
    [InlineData("contact-events", "other", "contacts")]
    [InlineData("conversations", "contact", "contacts")]
    [InlineData("conversation-events", "conversation", "conversations")]
    [InlineData("notes", "person", "people")]
    [InlineData("saved-views", "person", "people")]
    [InlineData("field-values", "field", "fields")]
    [InlineData("messages", "identifier", "identifiers")]
    [InlineData("statuses", "message", "messages")]
    [InlineData("media", "message", "messages")]
    [InlineData("imports", "conversation", "conversations")]
    [InlineData("observations", "message", "messages")]
    public async Task What_names_something_that_is_not_in_the_archive_is_refused_before_anything_is_written(string name, string member, string of)
    {
        int count = 0;
        string copy = await two.AlteredAsync((name, lines =>
        {
            count = lines.Count;
            lines[^1][member] = "eeeeeeee-eeee-4eee-8eee-eeeeeeeeeeee";
            return lines;
        }
        ));

        Assert.StartsWith($"data/{name}.jsonl, line {count}: what \"{member}\" names is not in data/{of}.jsonl", await RefusedAsync(copy), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_conversation_of_a_customer_whom_nothing_identifies_is_refused()
    {
        string copy = await two.AlteredAsync(("contacts", lines => [.. lines, With(lines[0].DeepClone().AsObject(), "id", "ffffffff-ffff-4fff-8fff-ffffffffffff")]), ("conversations", lines =>
        {
            lines[^1]["contact"] = "ffffffff-ffff-4fff-8fff-ffffffffffff";
            return lines;
        }
        ));

        Assert.Contains("its customer has no number or user id in data/identifiers.jsonl", await RefusedAsync(copy), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_trust_policy_that_is_not_there_is_named() =>
        Assert.StartsWith("There is no file /no/such/policy:", await RefusedAsync(two.Archive, "/no/such/policy"), StringComparison.Ordinal);

    [Fact]
    public async Task Names_beyond_Munshis_own_limits_and_two_alike_that_are_in_use_are_refused()
    {
        string longer = await two.AlteredAsync(("labels", lines => lines.Select(line => With(line, "name", new string('x', 41)))));
        string alike = await two.AlteredAsync(("fields", lines => [.. lines, With(With(lines[0].DeepClone().AsObject(), "id", "ffffffff-ffff-4fff-8fff-ffffffffffff"), "name", " BLOUSE  size")]));
        string entry = await two.AlteredAsync("knowledge", lines => lines.Select(line => line.Replace("\"Answer\":\"", $"\"Answer\":\"{new string('x', 4097)}", StringComparison.Ordinal)));

        Assert.Contains("\"name\" must be at most 40 characters long", await RefusedAsync(longer), StringComparison.Ordinal);
        Assert.Contains("no two that are in use may have the same \"name\"", await RefusedAsync(alike), StringComparison.Ordinal);
        Assert.Contains("\"entry\" must be an entry of the knowledge", await RefusedAsync(entry), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_workspace_of_another_archive_is_refused_before_any_file_is_read()
    {
        string other = await two.AlteredAsync("labels", lines => []);
        await File.AppendAllTextAsync(Path.Combine(other, "data/messages.jsonl"), "{}\n", Cancellation);

        Assert.StartsWith($"There is already a workspace '{TwoInstallations.Handle}'", await RefusedAsync(other, handle: TwoInstallations.Handle), StringComparison.Ordinal);
    }

    /// <summary>More lines than are written at once, so that the first would be written before the file was read to its end.</summary>
    [Fact]
    public async Task What_changes_after_it_was_checked_is_not_handed_out_to_be_written()
    {
        string copy = await two.AlteredAsync(("contacts", lines =>
        [
            .. lines, .. Enumerable.Range(0, 1000).Select(i => With(lines[0].DeepClone().AsObject(), "id", $"ffffffff-0000-4000-8000-{i:d12}")),
        ]));
        ExportProgress progress = new(TextWriter.Null, TimeProvider.System);
        CheckedArchive archive = await new ArchiveCheck(copy, null, progress).RunAsync(_ => Task.CompletedTask, Cancellation);
        CheckedData data = new DataCheck(archive, progress, Cancellation).Run();
        string path = Path.Combine(copy, "data/contacts.jsonl");
        string text = await File.ReadAllTextAsync(path, Cancellation);
        await File.WriteAllTextAsync(path, text.Replace("\"createdAt\":\"2", "\"createdAt\":\"1", StringComparison.Ordinal), Cancellation);
        List<LineBatch<ContactLine>> given = [];

        RefusalException refusal = Assert.Throws<RefusalException>(() => given.AddRange(LineBatches.Of(new ImportedWorkspace(Guid.Empty, "w", archive, data, progress), DataFiles.Contacts)));

        Assert.StartsWith("data/contacts.jsonl changed after it was checked", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(given);
    }

    /// <summary>The sentence, once it is seen that there is no further workspace.</summary>
    private async Task<string> RefusedAsync(string directory, string? policy = null, string handle = Unused)
    {
        long before = await two.Target.Database.ScalarAsync<long>("SELECT count(*) FROM audit.event WHERE action NOT LIKE 'verification.%'");
        RefusalException refusal = await Assert.ThrowsAsync<RefusalException>(() => two.ImportAsync(directory, handle, policy));
        Assert.Equal(before, await two.Target.Database.ScalarAsync<long>("SELECT count(*) FROM audit.event WHERE action NOT LIKE 'verification.%'"));
        Assert.Equal(0, await two.Target.Database.ScalarAsync<long>($"SELECT count(*) FROM workspace.workspace WHERE slug = '{Unused}'"));
        return refusal.Message;
    }

    private static JsonObject With(JsonObject line, string member, string value)
    {
        line[member] = value;
        return line;
    }
}
