using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Munshi.Audit.Proving;
using Munshi.Ledger;
using Munshi.Ledger.Notes;
using Munshi.Ledger.Transcripts;
using Munshi.Tests.Audit.Export;
using Munshi.Tests.Running;
using Munshi.Verifier;

namespace Munshi.Tests.Vault.Transcripts;

/// <summary>What the offline verifiers refuse of a transcript.</summary>
public sealed class TranscriptCheckTests(TranscriptBench bench) : IClassFixture<TranscriptBench>
{
    private const string SealLine = "<pre id=\"seal\">\n";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_byte_of_the_file_can_be_changed_unseen()
    {
        SavedConversation saved = await SaveAsync();
        byte[] bytes = saved.Bytes;
        int[] places = [.. Enumerable.Range(0, bytes.Length).Where(at => at % 97 == 0), .. Enumerable.Range(bytes.Length - 600, 600).Where(at => at % 7 == 0), bytes.Length - 1];
        string copy = bench.NewPath();
        foreach (int place in places)
        {
            byte[] altered = [.. bytes];
            altered[place] ^= 1;
            await File.WriteAllBytesAsync(copy, altered, Cancellation);
            Assert.True(OfflineVerifier.Program(copy).ExitCode == 1, $"at {place} the program accepts it");
        }

        foreach (int place in (int[])[places[3], places[places.Length / 2], bytes.Length - 300])
        {
            byte[] altered = [.. bytes];
            altered[place] ^= 1;
            await File.WriteAllBytesAsync(copy, altered, Cancellation);
            Assert.Equal(1, (await OfflineVerifier.ScriptAsync(copy)).ExitCode);
        }

        await File.WriteAllBytesAsync(copy, bytes, Cancellation);
        Assert.True(OfflineVerifier.Program(copy).IsOk);
    }

    [Fact]
    public async Task A_file_that_was_cut_off_prolonged_or_is_something_else_has_no_seal()
    {
        SavedConversation saved = await SaveAsync();

        foreach (byte[] content in (byte[][])[saved.Bytes[..(saved.Bytes.Length / 2)], saved.Bytes[..^1], [.. saved.Bytes, (byte)'\n'], [], "<pre id=\"seal\">\n</pre>\n</body>\n</html>\n"u8.ToArray()])
        {
            string path = bench.NewPath();
            await File.WriteAllBytesAsync(path, content, Cancellation);

            foreach (Verdict verdict in await OfflineVerifier.BothAsync(path))
            {
                Assert.Equal(1, verdict.ExitCode);
                Assert.Equal((Path.GetFileName(path), (long?)null, "form"), Assert.Single(verdict.Findings));
            }
        }
    }

    /// <summary>As whoever has the key could: sealed anew.</summary>
    [Fact]
    public async Task What_is_shown_is_held_to_the_record_and_the_record_to_the_ledger_whatever_the_seal_says()
    {
        SavedConversation saved = await SaveAsync();
        (string What, Func<string, string> Alter, string Kind)[] alterations =
        [
            ("words", html => html.Replace("\">I owe you 500 rupees", "\">I owe you 900 rupees", StringComparison.Ordinal), "shown"),
            ("no words", html => Without(html, "<p class=\"text\" dir=\"auto\">I owe you 500"), "shown"),
            ("a time", html => html.Replace("#1 · 20", "#1 · 21", StringComparison.Ordinal), "shown"),
            ("a side", html => Once(html, "<article class=\"in\"", "<article class=\"out\""), "shown"),
            ("words where some were deleted", html => Once(html, "<p class=\"note\">", "<p class=\"text\" dir=\"auto\">I owe nothing</p>\n<p class=\"note\">"), "shown"),
            ("a second line of words", html => Once(html, "<p class=\"text\"", "<p class=\"text\" dir=\"auto\">more</p>\n<p class=\"text\""), "form"),
            ("a record", html => Flip(html, "\"record\":\"", 30), "commitment"),
            ("a salt", html => Flip(html, "\"salt\":\"", 5), "commitment"),
            ("a ciphertext", html => Flip(html, "\"sealed\":[\"", 40), "ciphertext"),
            ("a path", html => Flip(html, "\npath ", 7), "inclusion"),
            ("a leaf", html => Flip(html, "\nleaf ", 20), "form"),
            ("another message's number", OtherId, "object"),
            ("a message taken out", html => html.Remove(html.IndexOf("<article", StringComparison.Ordinal), html.IndexOf("</article>\n", StringComparison.Ordinal) + 11 - html.IndexOf("<article", StringComparison.Ordinal)), "shown"),
            ("a message twice", html => Twice(html), "shown"),
            ("no end of a message", html => Once(html, "</article>\n", ""), "form"),
            ("a record without its entry", html => Without(html, "seq "), "form"),
            ("a signature of the checkpoint", html => Flip(html, "\n\n— ", html[(html.IndexOf("\n\n— ", StringComparison.Ordinal) + 5)..].IndexOf(' ', StringComparison.Ordinal) + 20), "signature"),
        ];

        foreach ((string what, Func<string, string> alter, string kind) in alterations)
        {
            string altered = alter(saved.Html);
            Assert.True(altered != saved.Html, $"{what}: nothing was altered");
            string path = await ResealAsync(saved, altered);
            foreach (Verdict verdict in await OfflineVerifier.BothAsync(path))
            {
                Assert.True(verdict.ExitCode == 1 && verdict.Findings.Any(finding => finding.Kind == kind), $"{what}: {string.Join(", ", verdict.Findings)}");
            }
        }

        Assert.All(
            await OfflineVerifier.BothAsync(await ResealAsync(saved, saved.Html, Guid.NewGuid())),
            verdict => Assert.True(verdict.ExitCode == 1 && verdict.Findings.All(finding => finding.Kind == "shown"), "messages of another conversation"));
        string whole = await ResealAsync(saved, saved.Html);
        Assert.All(await OfflineVerifier.BothAsync(whole), verdict => Assert.Empty(verdict.Findings));
    }

    [Fact]
    public async Task The_auditors_own_policy_decides_and_a_quorum_is_not_passed_over()
    {
        SavedConversation saved = await SaveAsync();
        string own = saved.Document.QuerySelector("#policy")!.TextContent;
        VerifierKey other = new("else.example", NoteKeyType.Ed25519, Ed25519PublicKey());
        string good = await WriteAsync(own);
        string wrong = await WriteAsync($"log {other}\nquorum none\n");
        string witnessed = await WriteAsync(own.Replace("quorum none", $"witness w {new VerifierKey("w.example", NoteKeyType.Cosignature, Ed25519PublicKey())}\nquorum w", StringComparison.Ordinal));

        Assert.All(await OfflineVerifier.BothAsync(saved.Path, "--policy", good), verdict => Assert.Equal(("given", 0), (verdict.Total.GetProperty("trust").GetString(), verdict.ExitCode)));
        Assert.All(await OfflineVerifier.BothAsync(saved.Path, "--policy", wrong), verdict => Assert.Contains(verdict.Findings, finding => finding.Kind == "signature"));
        Assert.All(await OfflineVerifier.BothAsync(saved.Path, "--policy", witnessed), verdict => Assert.Equal("quorum", Assert.Single(verdict.Findings).Kind));
        Assert.Equal(2, VerifyProgram.Run([saved.Path, "--against", saved.Path], TextWriter.Null, TextWriter.Null));
    }

    [Fact]
    public async Task A_message_altered_in_the_database_is_found_in_the_file_that_is_made_of_it()
    {
        string customer = bench.NewCustomer();
        await bench.DeliverAsync(customer, "Asha Rao", MetaPayload.Text(customer, "I owe you 500 rupees"));
        Guid conversation = await bench.Server.ConversationAsync(customer);
        await bench.SignedAsync(conversation);
        await AlterAsync(conversation, "+");

        SavedConversation saved = await bench.SaveAsync(customer);
        await AlterAsync(conversation, "-");

        Assert.All(await OfflineVerifier.BothAsync(saved.Path), verdict => Assert.Equal("commitment", Assert.Single(verdict.Findings).Kind));
    }

    private async Task<SavedConversation> SaveAsync()
    {
        string customer = bench.NewCustomer();
        JsonObject gone = MetaPayload.Text(customer, "this I delete");
        await bench.DeliverAsync(customer, "Asha Rao", MetaPayload.Text(customer, "I owe you 500 rupees"));
        await bench.DeliverAsync(customer, "Asha Rao", gone);
        await bench.DeliverAsync(customer, "Asha Rao", MetaPayload.Message(customer, "revoke", new JsonObject { ["original_message_id"] = (string)gone["id"]! }));
        SavedConversation saved = await bench.SaveAsync(customer);
        Assert.All(await OfflineVerifier.BothAsync(saved.Path), verdict => Assert.Empty(verdict.Findings));
        return saved;
    }

    private Task AlterAsync(Guid conversation, string sign) => bench.Server.Database.AsSuperuserAsync(
        $"""
        BEGIN;
        ALTER TABLE vault.message DISABLE TRIGGER immutable;
        UPDATE vault.message SET received_at = received_at {sign} interval '1 minute' WHERE conversation_id = '{conversation}' AND direction = 'in';
        ALTER TABLE vault.message ENABLE ALWAYS TRIGGER immutable;
        COMMIT
        """);

    private async Task<string> ResealAsync(SavedConversation saved, string html, Guid? conversation = null)
    {
        byte[] before = Encoding.UTF8.GetBytes(html[..html.LastIndexOf(SealLine, StringComparison.Ordinal)]);
        LogAttester attester = bench.Server.Get<LogAttester>();
        VerifierKey key = attester.KeyOf(saved.Html[(saved.Html.IndexOf("<pre id=\"checkpoint\">\n", StringComparison.Ordinal) + 22)..].Split("</pre>")[0])!;
        TranscriptSeal seal = new(
            bench.Server.ClientId, conversation ?? saved.Conversation, TimeProvider.System.GetUtcNow(), html.Split("<article class=").Length - 1, before.Length, new Digest(SHA256.HashData(before)));
        seal = seal with { At = new DateTimeOffset(seal.At.Ticks / 10 * 10, TimeSpan.Zero) };
        return await WriteAsync([.. before, .. Encoding.UTF8.GetBytes($"{SealLine}{attester.Attest(key, seal.Encode())}</pre>\n</body>\n</html>\n")]);
    }

    private Task<string> WriteAsync(string text) => WriteAsync(Encoding.UTF8.GetBytes(text));

    private async Task<string> WriteAsync(byte[] content)
    {
        string path = bench.NewPath();
        await File.WriteAllBytesAsync(path, content, Cancellation);
        return path;
    }

    private static byte[] Ed25519PublicKey() => Ed25519.PublicKey(RandomNumberGenerator.GetBytes(Ed25519.SeedLength));

    private static string OtherId(string html)
    {
        int at = html.IndexOf("\" id=\"m-", StringComparison.Ordinal) + "\" id=\"m-".Length;
        return $"{html[..at]}00000000-0000-4000-8000-00000000000a{html[(at + 36)..]}";
    }

    /// <summary>The first message once more behind the last, under the next number.</summary>
    private static string Twice(string html)
    {
        int first = html.IndexOf("<article", StringComparison.Ordinal);
        int end = html.LastIndexOf("</article>\n", StringComparison.Ordinal) + "</article>\n".Length;
        string article = html[first..(html.IndexOf("</article>\n", StringComparison.Ordinal) + "</article>\n".Length)];
        return $"{html[..end]}{article.Replace("#1 ·", FormattableString.Invariant($"#{html.Split("<article class=").Length} ·"), StringComparison.Ordinal)}{html[end..]}";
    }

    private static string Once(string html, string before, string after)
    {
        int at = html.IndexOf(before, StringComparison.Ordinal);
        return $"{html[..at]}{after}{html[(at + before.Length)..]}";
    }

    /// <summary>Without the first line that begins so.</summary>
    private static string Without(string html, string begin)
    {
        int at = html.IndexOf($"\n{begin}", StringComparison.Ordinal);
        return html.Remove(at, html.IndexOf('\n', at + 1) - at);
    }

    /// <summary>Another letter of base64 in the place of one behind a mark.</summary>
    private static string Flip(string html, string mark, int beyond)
    {
        int at = html.IndexOf(mark, StringComparison.Ordinal) + mark.Length + beyond;
        return $"{html[..at]}{(html[at] == 'A' ? 'B' : 'A')}{html[(at + 1)..]}";
    }
}
