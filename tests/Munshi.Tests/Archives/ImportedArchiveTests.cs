using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Munshi.Access;
using Munshi.Archives.Importing;
using Munshi.Audit;
using Munshi.Channels;
using Munshi.Ledger;
using Munshi.Search.Finding;
using Munshi.Search.Pages;
using Munshi.Tests.Audit.Export;
using Munshi.Tests.Dashboard;
using Munshi.Tests.Import;
using Munshi.Tests.Running;
using Munshi.Tests.Sandbox;
using Npgsql;

namespace Munshi.Tests.Archives;

/// <summary>What becomes of an archive in another installation.</summary>
public sealed class ImportedArchiveTests(TwoInstallations two) : IClassFixture<TwoInstallations>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("people")]
    [InlineData("contacts")]
    [InlineData("identifiers")]
    [InlineData("contact-events")]
    [InlineData("conversations")]
    [InlineData("conversation-events")]
    [InlineData("labels")]
    [InlineData("notes")]
    [InlineData("saved-views")]
    [InlineData("fields")]
    [InlineData("field-values")]
    [InlineData("messages")]
    [InlineData("statuses")]
    [InlineData("media")]
    [InlineData("imports")]
    [InlineData("observations")]
    [InlineData("knowledge")]
    public void What_was_taken_over_is_exported_as_it_was_but_for_numbers_and_the_mark_of_lost_keys(string name)
    {
        string[] before = [.. TwoInstallations.Lines(two.Archive, name).Select(WithoutNumber)];
        string[] after = [.. TwoInstallations.Lines(two.Again, name).Select(WithoutNumber)];

        Assert.NotEmpty(before);
        Assert.Equal(before, after);
    }

    [Fact]
    public void Files_come_with_it_and_what_hangs_on_a_number_does_not()
    {
        string[] FilesIn(string archive) => [.. Directory.GetFiles(Path.Combine(archive, "media")).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

        Assert.Equal(FilesIn(two.Archive), FilesIn(two.Again));
        Assert.All(FilesIn(two.Again), file => Assert.Equal(
            File.ReadAllBytes(Path.Combine(two.Archive, "media", file)), File.ReadAllBytes(Path.Combine(two.Again, "media", file))));
        Assert.Empty(TwoInstallations.Lines(two.Again, "numbers"));
        Assert.All(TwoInstallations.Lines(two.Again, "conversations"), line => Assert.Null(line["number"]));
        JsonObject workspace = Assert.Single(TwoInstallations.Lines(two.Again, "workspace"));
        Assert.Equal((TwoInstallations.Handle, "Aparajita Sarees"), ((string)workspace["handle"]!, (string)workspace["name"]!));
        Assert.NotEqual(two.Source.Server.ClientId, two.Imported.ClientId);
        Assert.Equal(two.Source.Server.ClientId, two.Imported.Seal.Log);
    }

    [Fact]
    public async Task Its_ledger_is_whole_and_an_archive_of_it_proves_itself()
    {
        await Eventually.TrueAsync(async () => (await two.Target.Get<LedgerVerifier>().VerifyAsync(two.Imported.ClientId, Cancellation)).IsOk);
        Verdict verdict = OfflineVerifier.Program(two.Again);

        Assert.Empty(verdict.Findings);
        Assert.Equal(0, verdict.ExitCode);
        Assert.All(await OfflineVerifier.BothAsync(Path.Combine(two.Again, "ledger")), ledger => Assert.Empty(ledger.Findings));
        string record = Assert.Single(
            await File.ReadAllLinesAsync(Path.Combine(two.Again, "ledger/records.jsonl"), Cancellation), line => line.Contains($"\"archive:{two.Imported.ClientId}\"", StringComparison.Ordinal));
        string[] told = [.. Base64Of(record).Select(System.Text.Encoding.UTF8.GetString)];
        Assert.Contains(told, text => text.Contains($"origin 36 {two.Source.Server.ClientId}\n", StringComparison.Ordinal)
            && text.Contains($"manifest 64 {two.Imported.Seal.Hash}\n", StringComparison.Ordinal)
            && text.Contains($"exported-at 27 {LedgerTime.Format(two.Imported.Seal.At)}\n", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nothing_is_answered_sent_unread_or_told_because_of_it()
    {
        string of = $"client_id = '{two.Imported.ClientId}'";

        Assert.Equal(0, await two.Target.Database.ScalarAsync<long>($"SELECT count(*) FROM channel.outbox WHERE {of}"));
        Assert.Equal(0, await two.Target.Database.ScalarAsync<long>($"SELECT count(*) FROM responder.agent_run WHERE {of}"));
        Assert.Equal(0, await two.Target.Database.ScalarAsync<long>($"SELECT count(*) FROM notice.notice WHERE {of}"));
        Assert.Equal(0, await two.Target.Database.ScalarAsync<long>($"SELECT count(*) FROM access.sign_in_link WHERE {of} AND used_at IS NULL"));
        Assert.Equal(0, await two.Target.Database.ScalarAsync<long>($"SELECT count(*) FROM vault.conversation WHERE {of} AND window_from IS NOT NULL"));
        Assert.Equal("snooze.end", await two.Target.Database.ScalarAsync<string>($"SELECT string_agg(DISTINCT kind, ' ') FROM work.job WHERE {of} AND kind <> 'file.look'"));
    }

    [Fact]
    public async Task Its_pages_and_its_search_show_it_to_whoever_is_let_in()
    {
        using DashboardVisitor owner = await SignInAsync(two.Imported.ClientId);
        VisitedPage inbox = await owner.GetAsync("/inbox");
        VisitedPage conversation = await owner.GetAsync($"/inbox/{two.Source.Conversation}");
        VisitedPage transcript = await owner.GetAsync($"/inbox/{two.Source.Conversation}/transcript");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK), (inbox.Status, conversation.Status, transcript.Status));
        Assert.Contains("Asha Rao", inbox.Html, StringComparison.Ordinal);
        Assert.Contains(ArchivedWorkspace.Edited, conversation.Html, StringComparison.Ordinal);
        Assert.Contains("call back on Monday", conversation.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(ArchivedWorkspace.Withdrawn, inbox.Html, StringComparison.Ordinal);
        await Eventually.TrueAsync(async () => (await two.Target.Get<MessageSearch>().FindAsync(
            two.Imported.ClientId, new SearchRequest(SearchQuery.Of("second wording", out _)!, new SearchFilter(), null, null, null, 0), Cancellation)).Messages.Count == 1);
    }

    [Fact]
    public async Task New_wordings_of_messages_that_an_import_brought_are_found_by_whoever_searches()
    {
        const string Edit = "ffffffff-ffff-4fff-8fff-ffffffffffff";
        string meant = "";
        string archive = await two.AlteredAsync(
            ("messages", lines =>
            {
                JsonObject said = lines.Single(line => (string?)line["text"] == "message 9");
                JsonObject edit = said.DeepClone().AsObject();
                meant = (string)said["id"]!;
                (edit["id"], edit["kind"], edit["text"], edit["refersTo"]) = (Edit, "edit", "walrus wording", meant);
                return [.. lines, edit];
            }
        ),
            ("observations", lines => lines.SelectMany(line => (string?)line["message"] == meant ? [line, Changed(line, Edit)] : new[] { line })));

        ImportedArchive imported = await two.ImportAsync(archive, "reworded");

        await Eventually.TrueAsync(async () => (await two.Target.Get<MessageSearch>().FindAsync(
            imported.ClientId, new SearchRequest(SearchQuery.Of("walrus wording", out _)!, new SearchFilter(), null, null, null, 0), Cancellation)).Messages.Count == 1);
    }

    [Fact]
    public async Task The_same_archive_again_changes_nothing_and_says_so()
    {
        JsonElement before = await two.CountsAsync(two.Imported.ClientId);

        ImportedArchive again = await two.ImportAsync(two.Archive, TwoInstallations.Handle);

        Assert.Equal((true, two.Imported.ClientId), (again.WasThere, again.ClientId));
        Assert.Equal($"{before}", $"{await two.CountsAsync(two.Imported.ClientId)}");
    }

    [Fact]
    public async Task An_export_that_was_imported_before_adds_nothing_to_what_was_taken_over()
    {
        ImportedArchive fresh = await two.ImportAsync(two.Archive, "chats");
        Munshi.Import.ImportOutcome.Imported same = ExportedChat.Done(await two.Target.ImportAsync(
            System.Text.Encoding.UTF8.GetBytes(ExportedChat.Of(40)), "919000007004", ExportedChat.Shop, workspace: fresh.ClientId));

        Assert.Equal((0L, 40L), (same.Added, same.Already));
        Assert.Equal(2, await two.Target.Database.ScalarAsync<long>($"SELECT count(*) FROM vault.import WHERE client_id = '{fresh.ClientId}'"));
    }

    [Theory]
    [InlineData("access.membership")]
    [InlineData("vault.identifier")]
    [InlineData("vault.conversation")]
    [InlineData("vault.message")]
    [InlineData("vault.observation")]
    [InlineData("vault.media")]
    [InlineData("vault.note")]
    [InlineData("knowledge.entry")]
    public async Task A_run_that_was_broken_off_is_gone_on_with_and_nothing_stands_twice(string table)
    {
        string handle = $"broken-{table.Replace('.', '-').Replace('_', '-')}";
        string trigger = $"test_{table.Replace('.', '_')}";
        await two.Target.Database.AsSuperuserAsync(
            $"""
            CREATE FUNCTION public.{trigger}() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''the power went out''; END';
            CREATE TRIGGER {trigger} BEFORE INSERT ON {table} FOR EACH ROW WHEN (NEW.client_id <> '{two.Imported.ClientId}') EXECUTE FUNCTION public.{trigger}();
            """);
        try
        {
            await Assert.ThrowsAsync<PostgresException>(() => two.ImportAsync(two.Archive, handle));
        }
        finally
        {
            await two.Target.Database.AsSuperuserAsync($"DROP TRIGGER {trigger} ON {table}; DROP FUNCTION public.{trigger}()");
        }

        ImportedArchive gone = await two.ImportAsync(two.Archive, handle);

        Assert.False(gone.WasThere);
        Assert.Equal($"{await two.CountsAsync(await WholeAsync())}", $"{await two.CountsAsync(gone.ClientId)}");
        await Eventually.TrueAsync(async () => (await two.Target.Get<LedgerVerifier>().VerifyAsync(gone.ClientId, Cancellation)).IsOk);
    }

    [Fact]
    public async Task Of_two_conversations_with_one_customer_the_one_last_written_to_goes_on_whichever_comes_first()
    {
        string contact = "";
        string archive = await two.AlteredAsync("conversations", lines =>
        {
            JsonObject first = JsonNode.Parse(lines[0])!.AsObject();
            contact = (string)first["contact"]!;
            return lines.Concat([Other(first, "fffffffe", "2001-01-01T00:00:00.000000Z"), Other(first, "ffffffff", "2999-01-01T00:00:00.000000Z")]);
        });

        ImportedArchive imported = await two.ImportAsync(archive, "two-numbers");

        string[] going = (await two.Target.Database.ScalarAsync<string>(
            $"SELECT string_agg(left(id::text, 8), ' ') FROM vault.conversation WHERE client_id = '{imported.ClientId}' AND contact_id = '{contact}' AND superseded_by IS NULL")).Split(' ');
        Assert.Equal(["ffffffff"], going);
        Assert.Equal(2, await two.Target.Database.ScalarAsync<long>(
            $"SELECT count(*) FROM vault.conversation WHERE client_id = '{imported.ClientId}' AND superseded_by = 'ffffffff-0000-4000-8000-000000000000'"));
        await Eventually.TrueAsync(async () => (await two.Target.Get<LedgerVerifier>().VerifyAsync(imported.ClientId, Cancellation)).IsOk);
    }

    [Fact]
    public async Task Customers_whose_keys_are_gone_stand_without_number_and_name()
    {
        string archive = await two.AlteredAsync("identifiers", lines => lines.Select(line =>
        {
            JsonObject erased = JsonNode.Parse(line)!.AsObject();
            erased["value"] = null;
            erased["name"] = null;
            erased["erased"] = true;
            return erased.ToJsonString();
        }));

        ImportedArchive imported = await two.ImportAsync(archive, "keyless");

        using DashboardVisitor owner = await SignInAsync(imported.ClientId);
        VisitedPage conversation = await owner.GetAsync($"/inbox/{two.Source.Conversation}");
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), ((await owner.GetAsync("/inbox")).Status, conversation.Status));
        Assert.DoesNotContain("Asha Rao", conversation.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("+•", conversation.Html, StringComparison.Ordinal);
        string again = two.Source.NewDirectory();
        Assert.IsType<Munshi.Archives.ArchiveOutcome.Written>(await ArchivedWorkspace.WriteAsync(two.Target, imported.ClientId, "keyless", again));
        Assert.All(TwoInstallations.Lines(again, "identifiers"), line => Assert.Equal((null, true), ((string?)line["value"], (bool?)line["erased"])));
        await Eventually.TrueAsync(async () => (await two.Target.Get<LedgerVerifier>().VerifyAsync(imported.ClientId, Cancellation)).IsOk);
    }

    [Fact]
    public async Task What_names_a_message_that_stands_behind_it_in_the_archive_names_it_here_too()
    {
        const string First = "00000000-0000-4000-8000-000000000001";
        string meant = "";
        string archive = await two.AlteredAsync("messages", lines =>
        {
            JsonObject edit = lines.Select(line => JsonNode.Parse(line)!.AsObject()).Single(line => (string?)line["text"] == ArchivedWorkspace.Edited);
            meant = (string)edit["refersTo"]!;
            return lines.Select(line => line.Replace((string)edit["id"]!, First, StringComparison.Ordinal)).OrderBy(line => line, StringComparer.Ordinal);
        });

        ImportedArchive imported = await two.ImportAsync(archive, "behind");

        Assert.Equal(meant, await two.Target.Database.ScalarAsync<string>(
            $"""
            SELECT r.message_id::text FROM vault.message m JOIN vault.provider_reference r ON r.client_id = m.client_id AND r.reference = m.refers_to
            WHERE m.client_id = '{imported.ClientId}' AND m.id = '{First}'
            """));
    }

    [Fact]
    public async Task A_number_that_is_connected_later_takes_the_conversations_over()
    {
        const string Customer = "919000007002";
        ImportedArchive imported = await two.ImportAsync(two.Archive, "numbered");
        Guid app = await two.Target.Get<MetaApps>().RegisterAsync(
            imported.ClientId, RunningServer.AppSecret, RunningServer.VerifyToken, shared: false, Actor.Operator, Cancellation);
        Assert.IsType<NumberOutcome.Connected>(await two.Target.Get<Numbers>().ConnectAsync(
            imported.ClientId, app, RunningServer.PhoneNumberId, "919000000001", RunningServer.AccessToken, Actor.Operator, Cancellation));
        using MetaClient meta = new(new Uri(two.Target.Address, $"webhooks/whatsapp/{app}"), RunningServer.AppSecret);

        Assert.Equal(HttpStatusCode.OK, await meta.DeliverAsync(MetaPayload.Messages(MetaPayload.Text(Customer, "are you there still?")), Cancellation));

        await Eventually.TrueAsync(async () => await two.Target.Database.ScalarAsync<long>(
            $"""
            SELECT count(*) FROM vault.conversation c
            WHERE c.client_id = '{imported.ClientId}' AND c.id = '{await two.Source.Server.ConversationAsync(Customer)}' AND c.number_id IS NOT NULL AND c.state = 'open'
            """) == 1);
        Assert.Equal(TwoInstallations.Lines(two.Archive, "conversations").Length, await two.Target.Database.ScalarAsync<long>(
            $"SELECT count(*) FROM vault.conversation WHERE client_id = '{imported.ClientId}'"));
    }

    [Fact]
    public async Task What_each_number_last_asked_for_goes_with_it()
    {
        const string Stopped = "2026-11-02T03:04:05.000000Z";
        const string Started = "2026-11-03T03:04:05.000000Z";
        string archive = await two.AlteredAsync(("identifiers", lines =>
        {
            lines[0]["optedOutAt"] = Stopped;
            lines[0]["optedInAt"] = Started;
            return lines;
        }
        ));
        Guid identifier = (Guid)TwoInstallations.Lines(archive, "identifiers")[0]["id"]!;

        ImportedArchive imported = await two.ImportAsync(archive, "asked");

        Assert.Equal($"{Stopped} {Started}", await two.Target.Database.ScalarAsync<string>(
            $$"""
            SELECT to_char(opted_out_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || ' ' || to_char(opted_in_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
            FROM vault.identifier WHERE client_id = '{{imported.ClientId}}' AND id = '{{identifier}}'
            """));
        string again = two.Source.NewDirectory();
        Assert.IsType<Munshi.Archives.ArchiveOutcome.Written>(await ArchivedWorkspace.WriteAsync(two.Target, imported.ClientId, "asked", again));
        Assert.Contains(TwoInstallations.Lines(again, "identifiers"), line => ((string?)line["optedOutAt"], (string?)line["optedInAt"]) == (Stopped, Started));
    }

    [Fact]
    public async Task Another_workspace_sees_nothing_of_it()
    {
        Guid other = Assert.IsType<Munshi.Workspaces.WorkspaceOutcome.Created>(await two.Target.Get<Munshi.Workspaces.WorkspaceRegistry>().CreateAsync(
            "other", "Other Shop", Actor.Operator, Cancellation)).ClientId;

        Assert.Equal(0L, await two.Target.Get<Munshi.Database.WorkspaceDatabase>().RowAsync(
            other,
            new Munshi.Database.Statement(
                "SELECT (SELECT count(*) FROM vault.message) + (SELECT count(*) FROM vault.contact) + (SELECT count(*) FROM vault.media) + (SELECT count(*) FROM workspace.archive_import)"),
            reader => reader.GetInt64(0),
            Cancellation));
    }

    /// <summary>A workspace into which the archive was read at once.</summary>
    private async Task<Guid> WholeAsync() => (await two.ImportAsync(two.Archive, "whole")).ClientId;

    private static JsonObject Changed(JsonObject line, string message)
    {
        JsonObject changed = line.DeepClone().AsObject();
        (changed["message"], changed["outcome"], changed["raw"]) = (message, "changed", null);
        return changed;
    }

    private static string Other(JsonObject line, string start, string lastAt)
    {
        JsonObject other = line.DeepClone().AsObject();
        other["id"] = $"{start}-0000-4000-8000-000000000000";
        other["lastAt"] = lastAt;
        other["labels"] = new JsonArray();
        return other.ToJsonString();
    }

    private static string WithoutNumber(JsonObject line)
    {
        if (line.ContainsKey("number"))
        {
            line["number"] = null;
        }

        line.Remove("erased");
        return line.ToJsonString();
    }

    private static IEnumerable<byte[]> Base64Of(string line)
    {
        foreach (string part in line.Split('"').Where(part => part.Length > 20))
        {
            byte[] bytes = new byte[part.Length];
            if (Convert.TryFromBase64String(part, bytes, out int length))
            {
                yield return bytes[..length];
            }
        }
    }

    private async Task<DashboardVisitor> SignInAsync(Guid clientId)
    {
        IReadOnlyDictionary<Guid, Member> members = await two.Target.Get<Members>().ListAsync(clientId, Cancellation);
        Guid owner = members.Values.First(member => member.Role is MemberRole.Owner).PersonId;
        string token = await two.Target.Get<SignInLinks>().IssueAsync(clientId, owner, Actor.Operator, Cancellation);
        DashboardVisitor visitor = new(two.Target.Address);
        Assert.Equal("/inbox", (await visitor.SubmitAsync(await visitor.GetAsync($"/sign-in/{token}"), "main form")).Location);
        return visitor;
    }
}
