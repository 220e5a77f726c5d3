using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Munshi.Audit;
using Munshi.Database;
using Munshi.Tests.Audit.Export;
using Munshi.Tests.Dashboard;
using Munshi.Tests.Running;
using Munshi.Tests.Sandbox;

namespace Munshi.Tests.Vault.Transcripts;

/// <summary>A conversation saved as a file: what stands in it, who may make it, and that the offline verifiers accept it.</summary>
public sealed class TranscriptTests(TranscriptBench bench) : IClassFixture<TranscriptBench>
{
    private const string Hostile = "</p></article><script>alert(1)</script><img src=x onerror=alert(2)> & \"quoted\" 'so'\nsecond line \u202Egnp.exe\u202C नमस्ते 🙏";
    private const string HostileName = "<b>Asha</b> \u202Eoar\u2066 </title><script>alert(3)</script>";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_conversation_is_one_file_with_every_message_and_its_proof_which_both_verifiers_and_stock_tools_confirm()
    {
        string customer = bench.NewCustomer();
        await bench.DeliverAsync(customer, "Asha Rao", MetaPayload.Text(customer, "What are your timings?"));
        await bench.DeliverAsync(customer, "Asha Rao", MetaPayload.Text(customer, "talk to a person"));

        SavedConversation saved = await bench.SaveAsync(customer);

        IReadOnlyList<StoredMessage> messages = await bench.Server.MessagesAsync(customer);
        Assert.Equal(messages.Select(one => one.Text), saved.Document.QuerySelectorAll("article").Select(one => one.QuerySelector(".text")?.TextContent));
        Assert.Equal(messages.Select(one => one.Direction), saved.Document.QuerySelectorAll("article").Select(one => one.ClassName));
        Assert.All(saved.Document.QuerySelectorAll("article .at"), at => Assert.Matches(@"^#\d+ · \d{4}-\d\d-\d\d \d\d:\d\d:\d\d IST · \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC$", at.TextContent));
        foreach (Verdict verdict in await OfflineVerifier.BothAsync(saved.Path))
        {
            Assert.Empty(verdict.Findings);
            Assert.Equal((0, true), (verdict.ExitCode, verdict.IsOk));
            Assert.Equal((messages.Count, messages.Count, 0), (Total(verdict, "messages"), Total(verdict, "proved"), Total(verdict, "wordless")));
        }

        Assert.EndsWith(": nothing was altered\n", await OfflineVerifier.TextAsync(saved.Path), StringComparison.Ordinal);
        ProgramResult sum = await OfflineVerifier.RunAsync("/bin/sh", ["-c", $"head -c {saved.Sealed("bytes")} {saved.Path} | sha256sum"]);
        Assert.Equal($"{saved.Sealed("sha256")}  -\n", sum.Output);
        string leaf = saved.Html.Split('\n').First(line => line.StartsWith("leaf ", StringComparison.Ordinal))[5..];
        ProgramResult row = await OfflineVerifier.RunAsync("/bin/sh", ["-c", $"{{ printf '\\000'; echo {leaf} | base64 -d; }} | sha256sum"]);
        Assert.Equal($"{saved.Document.QuerySelector("article .entry code")!.TextContent}  -\n", row.Output);
    }

    [Fact]
    public async Task Whatever_customers_write_or_are_called_is_shown_and_never_obeyed()
    {
        string customer = bench.NewCustomer();
        await bench.DeliverAsync(customer, HostileName, MetaPayload.Text(customer, Hostile));
        await bench.DeliverAsync(customer, HostileName, MetaPayload.Message(customer, "location", new JsonObject
        {
            ["latitude"] = 22.57,
            ["longitude"] = 88.36,
            ["name"] = "<script>alert(4)</script>",
            ["address"] = "1 <i>Road</i>",
        }));

        SavedConversation saved = await bench.SaveAsync(customer);

        Assert.Empty(saved.Document.QuerySelectorAll("script, i, [onerror], iframe, object, link, form, base"));
        Assert.All(saved.Document.QuerySelectorAll("[src], [href]"), one => Assert.Matches("^(data:image/(jpeg|png|webp|gif);base64,|#m-)", one.GetAttribute("src") ?? one.GetAttribute("href")!));
        Assert.Equal(Hostile.Replace("\u202E", "[U+202E]", StringComparison.Ordinal).Replace("\u202C", "[U+202C]", StringComparison.Ordinal), saved.Document.QuerySelector("article .text")!.TextContent);
        Assert.Contains("[U+202E]", saved.Document.QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(saved.Html, c => "\u202E\u2066\u202C".Contains(c, StringComparison.Ordinal));
        Assert.Contains(saved.Document.QuerySelectorAll(".detail"), detail => detail.TextContent == "<script>alert(4)</script>");
        string policy = saved.Document.QuerySelector("meta[http-equiv=Content-Security-Policy]")!.GetAttribute("content")!;
        string style = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(saved.Document.QuerySelector("style")!.TextContent)));
        Assert.Equal($"default-src 'none'; style-src 'sha256-{style}'; img-src data:; base-uri 'none'; form-action 'none'", policy);
        Assert.Contains("@page { size: A4;", saved.Html, StringComparison.Ordinal);
        Assert.All(await OfflineVerifier.BothAsync(saved.Path), verdict => Assert.Empty(verdict.Findings));
    }

    [Fact]
    public async Task The_file_is_a_download_under_a_name_of_our_own_that_nobody_caches()
    {
        string customer = bench.NewCustomer();
        await bench.DeliverAsync(customer, "../../etc/passwd", MetaPayload.Text(customer, "What are your timings?"));

        SavedConversation saved = await bench.SaveAsync(customer);

        Assert.Equal("attachment", saved.Answer.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal($"conversation-{saved.Conversation.ToString()[^8..]}.html", saved.Answer.Content.Headers.ContentDisposition.FileName);
        Assert.Equal("text/html; charset=utf-8", saved.Answer.Content.Headers.ContentType!.ToString());
        Assert.True(saved.Answer.Headers.CacheControl is { NoStore: true, Private: true });
    }

    [Fact]
    public async Task What_a_customer_deleted_stays_hidden_with_its_later_wordings_and_the_proof_that_it_stood_there_remains()
    {
        string customer = bench.NewCustomer();
        JsonObject kept = MetaPayload.Text(customer, "first wording kept");
        JsonObject gone = MetaPayload.Text(customer, "secret canary one");
        await bench.DeliverAsync(customer, "Asha Rao", kept);
        await bench.DeliverAsync(customer, "Asha Rao", gone);
        await bench.DeliverAsync(customer, "Asha Rao", Edit(customer, kept, "second wording kept"));
        await bench.DeliverAsync(customer, "Asha Rao", Edit(customer, gone, "secret canary two"));
        await bench.DeliverAsync(customer, "Asha Rao", MetaPayload.Message(customer, "revoke", new JsonObject { ["original_message_id"] = (string)gone["id"]! }));

        SavedConversation saved = await bench.SaveAsync(customer);

        string everything = saved.Html + string.Concat(Base64Of(saved.Html));
        Assert.DoesNotContain("secret canary", everything, StringComparison.Ordinal);
        Assert.Contains("second wording kept", everything[saved.Html.Length..], StringComparison.Ordinal);
        string[] shown = [.. saved.Document.QuerySelectorAll("article.in .text").Select(text => text.TextContent)];
        Assert.Equal(["first wording kept", "second wording kept"], shown);
        Assert.Equal(2, saved.Document.QuerySelectorAll("article.in .note").Count(note => note.TextContent.StartsWith("Deleted for everyone at ", StringComparison.Ordinal)));
        Assert.Single(saved.Document.QuerySelectorAll("article.in .note"), note => note.TextContent.StartsWith("Changed later, at ", StringComparison.Ordinal));
        Assert.Equal(2, saved.Document.QuerySelectorAll("article.in .mark").Count(mark => mark.TextContent.StartsWith("Changes the message of ", StringComparison.Ordinal)));
        Assert.Single(saved.Document.QuerySelectorAll("article.in .mark"), mark => mark.TextContent.StartsWith("Deletes the message of ", StringComparison.Ordinal));
        Assert.All(await OfflineVerifier.BothAsync(saved.Path), verdict =>
        {
            Assert.Empty(verdict.Findings);
            Assert.Equal(2, Total(verdict, "wordless"));
            Assert.Equal(Total(verdict, "messages"), Total(verdict, "proved"));
        });
    }

    [Fact]
    public async Task A_picture_is_in_the_file_and_every_file_is_named_by_its_hash()
    {
        byte[] picture = [0xff, 0xd8, 0xff, 0xe0, .. Enumerable.Range(0, 20_000).Select(i => (byte)(i * 7 / 3))];
        byte[] paper = Encoding.ASCII.GetBytes("%PDF-1.4 a bill");
        string customer = bench.NewCustomer();
        using SandboxPhone phone = new(bench.Server, customer);
        await phone.SendAsync("saree.jpg", "image/jpeg", picture, Cancellation);
        await phone.SendAsync("<b>bill</b>\u202Egnp.pdf", "application/pdf", paper, Cancellation);
        await Eventually.TrueAsync(async () => await bench.Server.Database.ScalarAsync<long>("SELECT count(*) FROM vault.media WHERE state = 'stored'") == 2);

        SavedConversation saved = await bench.SaveAsync(customer);

        Assert.Equal(
            [Convert.ToHexStringLower(SHA256.HashData(picture)), Convert.ToHexStringLower(SHA256.HashData(paper))],
            saved.Document.QuerySelectorAll(".hash code").Select(code => code.TextContent));
        Assert.Equal($"data:image/jpeg;base64,{Convert.ToBase64String(picture)}", Assert.Single(saved.Document.QuerySelectorAll("img")).GetAttribute("src"));
        Assert.DoesNotContain("%PDF", saved.Html, StringComparison.Ordinal);
        Assert.All(await OfflineVerifier.BothAsync(saved.Path), verdict => Assert.Empty(verdict.Findings));
    }

    [Fact]
    public async Task Only_owners_save_their_own_workspaces_conversations_by_the_form_and_each_time_is_recorded_without_personal_data()
    {
        string customer = bench.NewCustomer();
        await bench.DeliverAsync(customer, "Asha Rao", MetaPayload.Text(customer, "What are your timings?"));
        Guid conversation = await bench.Server.ConversationAsync(customer);
        string url = $"/inbox/{conversation}/transcript";
        using DashboardVisitor colleague = await bench.Dashboard.ColleagueAsync();
        using DashboardVisitor other = await bench.Dashboard.OtherOwnerAsync();
        using DashboardVisitor owner = await bench.Dashboard.OwnerAsync();
        using DashboardVisitor nobody = bench.Dashboard.NewVisitor();

        Assert.Equal(HttpStatusCode.Forbidden, (await colleague.GetAsync(url)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync(url)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await owner.PostAsync(url, [])).Status);
        Assert.NotEqual(HttpStatusCode.OK, (await nobody.PostAsync(url, [])).Status);
        Guid theirs = Guid.Parse("00000000-0000-4000-8000-000000000001");
        VisitedPage own = await owner.GetAsync(url);
        Dictionary<string, string> token = own.Document.QuerySelectorAll("#transcript-form input[name]").ToDictionary(input => input.GetAttribute("name")!, input => input.GetAttribute("value")!);
        Assert.Equal(HttpStatusCode.NotFound, (await owner.PostAsync($"/inbox/{theirs}/transcript", token)).Status);
        Assert.Equal(0, await CountAsync(conversation));
        Assert.NotNull((await owner.GetAsync($"/inbox/{conversation}")).Document.QuerySelector($"a#save-conversation[href='{url}']"));
        Assert.Null((await colleague.GetAsync($"/inbox/{conversation}")).Document.QuerySelector("#save-conversation"));

        await bench.SaveAsync(customer);

        Assert.Equal(1, await CountAsync(conversation));
        int stored = (await bench.Server.MessagesAsync(customer)).Count;
        Assert.Equal(
            $"person:{bench.Server.OwnerId} conversation:{conversation} true true",
            await bench.Server.Database.ScalarAsync<string>($"SELECT actor || ' ' || object || ' ' || (commitment IS NULL) || ' ' || (ciphertext_hash IS NULL) FROM audit.event WHERE action = 'conversation.exported' AND object = 'conversation:{conversation}'"));
        Assert.Equal(stored, await bench.Server.Database.ScalarAsync<long>($"SELECT messages FROM vault.transcript WHERE conversation_id = '{conversation}' AND person_id = '{bench.Server.OwnerId}'"));
        VisitedPage after = await owner.GetAsync(url);
        Assert.Contains($"Asha Owner. Messages: {stored}", after.Text("#saved li"), StringComparison.Ordinal);
        await Eventually.TrueAsync(async () => (await bench.Server.Get<LedgerVerifier>().VerifyAsync(bench.Server.ClientId, Cancellation)).IsOk);
    }

    [Fact]
    public async Task Without_the_key_that_signed_nothing_is_saved_and_the_page_says_so()
    {
        string customer = bench.NewCustomer();
        await bench.DeliverAsync(customer, "Asha Rao", MetaPayload.Text(customer, "What are your timings?"));
        Guid conversation = await bench.Server.ConversationAsync(customer);
        await bench.SignedAsync(conversation);
        using DashboardVisitor owner = await bench.Dashboard.OwnerAsync();
        VisitedPage page = await owner.GetAsync($"/inbox/{conversation}/transcript");
        string key = Path.Combine(bench.Server.Get<DataDirectory>().Secrets, "ledger-signing.key");
        File.Move(key, key + ".away");

        VisitedPage refused = await owner.SubmitAsync(page, "#transcript-form");
        File.Move(key + ".away", key);

        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Contains("was not saved", refused.Text(".note.bad .state"), StringComparison.Ordinal);
        Assert.Equal(0, await CountAsync(conversation));
    }

    private Task<long> CountAsync(Guid conversation) => bench.Server.Database.ScalarAsync<long>(
        $"SELECT greatest((SELECT count(*) FROM vault.transcript WHERE conversation_id = '{conversation}'), (SELECT count(*) FROM audit.event WHERE action = 'conversation.exported' AND object = 'conversation:{conversation}'))");

    private static JsonObject Edit(string customer, JsonObject original, string text) => MetaPayload.Message(customer, "edit", new JsonObject
    {
        ["original_message_id"] = (string)original["id"]!,
        ["message"] = new JsonObject { ["type"] = "text", ["text"] = new JsonObject { ["body"] = text } },
    });

    /// <summary>What stands in base64 between quotation marks, opened.</summary>
    private static IEnumerable<string> Base64Of(string html)
    {
        foreach (string part in html.Split('"').Where(part => part.Length > 40))
        {
            byte[] opened = new byte[part.Length];
            yield return Convert.TryFromBase64String(part, opened, out int length) ? Encoding.UTF8.GetString(opened, 0, length) : "";
        }
    }

    private static int Total(Verdict verdict, string name) => verdict.Total.GetProperty(name).GetInt32();
}
