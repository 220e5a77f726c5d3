using System.Text.Json.Nodes;
using Munshi.Access;
using Munshi.Archives.Importing;
using Munshi.Audit;
using Munshi.CommandLine;
using Munshi.Database;
using Munshi.Tests.Import;
using Munshi.Tests.Running;
using Munshi.Tests.Sandbox;
using Npgsql;

namespace Munshi.Tests.Archives;

/// <summary>What an archive can hold that was written while people worked, what is read in twice at once, and what is not read in to its end.</summary>
public sealed class UnfinishedArchiveTests(TwoInstallations two) : IClassFixture<TwoInstallations>
{
    private const string Chat = "919000007004";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("erased")]
    [InlineData("deleted")]
    public async Task Words_that_were_gone_do_not_come_back_with_the_export_that_had_them(string mark)
    {
        string archive = await two.AlteredAsync(("messages", lines => lines.Select(line =>
        {
            if ((string?)line["text"] != "message 7" || (string?)line["source"] != "import")
            {
                return line;
            }

            line["text"] = null;
            line["raw"] = null;
            line[mark] = mark == "erased" ? true : (string)line["receivedAt"]!;
            return line;
        })));
        ImportedArchive imported = await two.ImportAsync(archive, $"gone-{mark}");

        Munshi.Import.ImportOutcome.Imported same = await AgainAsync(imported.ClientId);

        Assert.Equal((0L, 40L), (same.Added, same.Already));
    }

    [Fact]
    public async Task What_an_import_brought_while_the_archive_was_written_is_left_out_and_comes_with_the_chat_itself()
    {
        HashSet<string> late = [];
        string archive = await two.AlteredAsync(
            ("messages", lines =>
            {
                late = [.. lines.Where(line => (string?)line["source"] == "import" && (string?)line["text"] is "message 35" or "message 36" or "message 37" or "message 38" or "message 39").Select(line => (string)line["id"]!)];
                return lines;
            }
        ),
            ("observations", lines => lines.Where(line => !late.Contains((string)line["message"]!))));

        ImportedArchive imported = await two.ImportAsync(archive, "late");

        Assert.Equal(5, imported.Unseen);
        await Eventually.TrueAsync(async () => (await two.Target.Get<LedgerVerifier>().VerifyAsync(imported.ClientId, Cancellation)).IsOk);
        Munshi.Import.ImportOutcome.Imported same = await AgainAsync(imported.ClientId);
        Assert.Equal((5L, 35L), (same.Added, same.Already));
    }

    [Fact]
    public async Task A_store_that_takes_no_file_is_said_and_the_same_command_goes_on_with_the_rest()
    {
        string parts = Path.Combine(two.Target.Get<DataDirectory>().Media, "part");
        Directory.Move(parts, parts + "-away");
        await File.WriteAllTextAsync(parts, "in the way", Cancellation);

        RefusalException refused = await Assert.ThrowsAsync<RefusalException>(() => two.ImportAsync(two.Archive, "stuck"));
        File.Delete(parts);
        Directory.Move(parts + "-away", parts);
        ImportedArchive imported = await two.ImportAsync(two.Archive, "stuck");

        Assert.StartsWith("A file could not be read or written", refused.Message, StringComparison.Ordinal);
        Assert.False(imported.WasThere);
        Assert.Equal((await two.CountsAsync(two.Imported.ClientId)).GetProperty("vault.media").GetInt64(), (await two.CountsAsync(imported.ClientId)).GetProperty("vault.media").GetInt64());
    }

    [Fact]
    public async Task Conversations_that_go_on_in_none_of_their_customers_or_in_themselves_are_taken_over_and_one_of_them_goes_on()
    {
        string contact = "";
        string foreign = "";
        string archive = await two.AlteredAsync(("conversations", lines =>
        {
            contact = (string)lines[0]["contact"]!;
            foreign = (string)lines[^1]["id"]!;
            lines[0]["goesOnIn"] = foreign;
            return [.. lines, Beside(lines[0], "fffffffe", "ffffffff"), Beside(lines[0], "ffffffff", "fffffffe")];
        }
        ));

        ImportedArchive imported = await two.ImportAsync(archive, "circle");

        string of = $"FROM vault.conversation WHERE client_id = '{imported.ClientId}' AND contact_id = '{contact}'";
        string going = await two.Target.Database.ScalarAsync<string>($"SELECT string_agg(id::text, ' ') {of} AND superseded_by IS NULL");
        Assert.Equal(36, going.Length);
        Assert.Equal(going, await two.Target.Database.ScalarAsync<string>($"SELECT string_agg(DISTINCT superseded_by::text, ' ') {of} AND superseded_by IS NOT NULL"));
        await Eventually.TrueAsync(async () => (await two.Target.Get<LedgerVerifier>().VerifyAsync(imported.ClientId, Cancellation)).IsOk);
    }

    [Fact]
    public async Task A_file_is_what_its_first_bytes_say_whatever_the_archive_says()
    {
        string archive = await two.AlteredAsync(("media", lines => lines.Select(line =>
        {
            line["type"] = (string?)line["type"] == "application/pdf" ? "image/png" : "text/html";
            return line;
        })));

        ImportedArchive imported = await two.ImportAsync(archive, "types");

        Assert.Equal("application/pdf image/jpeg", await two.Target.Database.ScalarAsync<string>(
            $"SELECT string_agg(DISTINCT type, ' ' ORDER BY type) FROM vault.media WHERE client_id = '{imported.ClientId}'"));
    }

    [Fact]
    public async Task Two_runs_at_once_make_one_workspace_and_leave_no_file_that_no_row_names()
    {
        Task<bool>[] runs = [RunAsync("twice"), RunAsync("twice")];
        bool[] ended = await Task.WhenAll(runs);

        Assert.Contains(true, ended);
        ImportedArchive whole = await two.ImportAsync(two.Archive, "once");
        ImportedArchive twice = await two.ImportAsync(two.Archive, "twice");
        Assert.Equal($"{await two.CountsAsync(whole.ClientId)}", $"{await two.CountsAsync(twice.ClientId)}");
        Assert.Equal(
            await two.Target.Database.ScalarAsync<long>("SELECT count(*) FROM vault.media WHERE file_hash IS NOT NULL"),
            Directory.GetFiles(two.Target.Get<DataDirectory>().Media, "*", SearchOption.AllDirectories).LongCount(file => Path.GetFileName(file).Length == 64));
        await Eventually.TrueAsync(async () => (await two.Target.Get<LedgerVerifier>().VerifyAsync(twice.ClientId, Cancellation)).IsOk);
    }

    [Fact]
    public async Task Until_all_is_there_the_verifier_names_it_and_nobody_is_let_in()
    {
        const string Stop = "test_unfinished";
        await two.Target.Database.AsSuperuserAsync(
            $"""
            CREATE FUNCTION public.{Stop}() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''the power went out''; END';
            CREATE TRIGGER {Stop} BEFORE INSERT ON vault.observation FOR EACH ROW WHEN (NEW.client_id <> '{two.Imported.ClientId}') EXECUTE FUNCTION public.{Stop}();
            """);
        try
        {
            await Assert.ThrowsAsync<PostgresException>(() => two.ImportAsync(two.Archive, "open"));
        }
        finally
        {
            await two.Target.Database.AsSuperuserAsync($"DROP TRIGGER {Stop} ON vault.observation; DROP FUNCTION public.{Stop}()");
        }

        Guid clientId = await two.Target.Database.ScalarAsync<Guid>("SELECT client_id FROM workspace.workspace WHERE slug = 'open'");
        Guid owner = await two.Target.Database.ScalarAsync<Guid>($"SELECT person_id FROM access.membership WHERE client_id = '{clientId}' AND role = 'owner' LIMIT 1");
        LogReport report = Assert.Single((await SettledAsync(clientId)).Logs);
        PostgresException refused = await Assert.ThrowsAsync<PostgresException>(() => two.Target.Get<SignInLinks>().IssueAsync(clientId, owner, Actor.Operator, Cancellation));
        Assert.NotNull(report.ArchiveBegun);
        Assert.Empty(report.Findings);
        Assert.Equal("an archive is still read into this workspace", refused.MessageText);

        await two.ImportAsync(two.Archive, "open");

        Assert.Null(Assert.Single((await SettledAsync(clientId)).Logs).ArchiveBegun);
        Assert.NotEmpty(await two.Target.Get<SignInLinks>().IssueAsync(clientId, owner, Actor.Operator, Cancellation));
    }

    [Fact]
    public async Task An_import_that_was_never_begun_and_one_whose_end_was_taken_away_are_found()
    {
        Guid made = Assert.IsType<Munshi.Workspaces.WorkspaceOutcome.Created>(await two.Target.Get<Munshi.Workspaces.WorkspaceRegistry>().CreateAsync(
            "planted", "Planted Shop", Actor.Operator, Cancellation)).ClientId;
        ImportedArchive ended = await two.ImportAsync(two.Archive, "ended");
        Assert.True((await SettledAsync(made)).IsOk);
        Assert.True((await SettledAsync(ended.ClientId)).IsOk);

        await two.Target.Database.AsSuperuserAsync(
            $"""
            INSERT INTO workspace.archive_import (client_id, origin, manifest_hash, exported_at, begun_at) VALUES ('{made}', '{made}', sha256('x'), now(), now());
            ALTER TABLE workspace.archive_import DISABLE TRIGGER completed_stays;
            UPDATE workspace.archive_import SET completed_at = NULL WHERE client_id = '{ended.ClientId}';
            ALTER TABLE workspace.archive_import ENABLE ALWAYS TRIGGER completed_stays;
            """);

        Assert.Equal(FindingKind.RecordUnknown, Assert.Single((await SettledAsync(made)).Findings).Kind);
        Assert.Equal(FindingKind.RecordMissing, Assert.Single((await SettledAsync(ended.ClientId)).Findings).Kind);
    }

    private async Task<LedgerReport> SettledAsync(Guid clientId)
    {
        await two.Target.SettledAsync();
        return await two.Target.Get<LedgerVerifier>().VerifyAsync(clientId, Cancellation);
    }

    private async Task<bool> RunAsync(string handle)
    {
        try
        {
            await two.ImportAsync(two.Archive, handle);
            return true;
        }
        catch (RefusalException refused)
        {
            Assert.StartsWith("Another run read this archive into", refused.Message, StringComparison.Ordinal);
            return false;
        }
    }

    private async Task<Munshi.Import.ImportOutcome.Imported> AgainAsync(Guid clientId) => ExportedChat.Done(await two.Target.ImportAsync(
        System.Text.Encoding.UTF8.GetBytes(ExportedChat.Of(40)), Chat, ExportedChat.Shop, workspace: clientId));

    private static JsonObject Beside(JsonObject line, string start, string goesOnIn)
    {
        JsonObject other = line.DeepClone().AsObject();
        other["id"] = $"{start}-0000-4000-8000-000000000000";
        other["goesOnIn"] = $"{goesOnIn}-0000-4000-8000-000000000000";
        other["labels"] = new JsonArray();
        return other;
    }
}
