using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Munshi.Access;
using Munshi.Access.ApiKeys;
using Munshi.Audit;
using Munshi.Channels.Sending;
using Munshi.Tests.Database;
using Munshi.Tests.Sandbox;

namespace Munshi.Tests.Canary;

/// <summary>
/// A conversation full of canaries, then a search for each through every file of the stopped installation (cluster, WAL, logs, keyring,
/// escrow, checkpoints), a dump, and the server's log at its most talkative: in the clear, as UTF-16, in hexadecimal, inside base64.
/// Only <c>secrets/</c> is left out, which holds no one's words.
/// </summary>
[Trait("Category", "Drill")]
public sealed class CanaryTests
{
    private const string Business = "business";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_of_what_people_write_and_are_called_stands_anywhere_in_the_clear()
    {
        await using CanaryInstallation installation = await CanaryInstallation.StartAsync();
        await ConverseAsync(installation);
        string[] tokens = [.. await SignInAsync(installation), .. await CallAsync(installation)];
        await HandleStrangeDeliveriesAsync(installation);
        await SettleAsync(installation);
        await WriteControlAsync(installation);
        string dump = await installation.DumpAsync();
        await installation.StopAsync();

        CanarySearch search = new([.. Canaries.All, .. tokens]);
        IReadOnlyList<string> found =
        [
            .. search.Below(installation.DataDirectory, but: "secrets/"),
            .. search.In("the dump", Encoding.UTF8.GetBytes(dump)),
            .. search.In("the log", Encoding.UTF8.GetBytes(installation.Log.Text)),
        ];

        Assert.Empty(found);
        SearchFindsWhatIsThere(installation, dump);
    }

    /// <summary>The same search, for the one text that was put there in the clear and inside base64.</summary>
    private static void SearchFindsWhatIsThere(CanaryInstallation installation, string dump)
    {
        CanarySearch control = new([Canaries.Control]);
        IReadOnlyList<string> found = control.Below(installation.DataDirectory, but: "secrets/");

        foreach (string place in (string[])["pg/base/", "pg/pg_wal/"])
        {
            Assert.Contains(found, line => line.Contains($"in {place}", StringComparison.Ordinal) && line.EndsWith("as UTF-8", StringComparison.Ordinal));
            Assert.Contains(found, line => line.Contains($"in {place}", StringComparison.Ordinal) && line.Contains("as base64 after", StringComparison.Ordinal));
        }

        Assert.NotEmpty(control.In("the dump", Encoding.UTF8.GetBytes(dump)));
        Assert.Contains("Munshi.Channels.Sending", installation.Log.Text, StringComparison.Ordinal);
    }

    private static async Task ConverseAsync(CanaryInstallation installation)
    {
        using HttpClient phone = new() { BaseAddress = installation.SandboxAddress };
        await WriteAsync(phone, new { text = Canaries.FaqQuestion, name = Canaries.ProfileName });
        await BusinessWroteAsync(phone, Canaries.FaqAnswer);
        await WriteAsync(phone, new { text = "STOP" });
        await BusinessWroteAsync(phone, null, count: 2);
        await WriteAsync(phone, new { text = "START" });
        await BusinessWroteAsync(phone, null, count: 3);
        await WriteAsync(phone, new { text = Canaries.Text, raw = new { id = Canaries.ProviderId } });
        await BusinessWroteAsync(phone, null, count: 4);
        await WriteAsync(phone, new { text = Canaries.HindiText, raw = new { from_user_id = Canaries.UserId } });
        string about = (await MessagesAsync(phone))[0].GetProperty("id").GetString()!;
        await WriteAsync(phone, new { reaction = new { messageId = about, emoji = "👍" } });
        await WriteAsync(phone, new { raw = new JsonObject { ["type"] = "order", ["order"] = new JsonObject { ["text"] = Canaries.OrderNote } } });
        await WriteAsync(phone, new { raw = new JsonObject { ["type"] = "hologram", ["hologram"] = new JsonObject { ["note"] = Canaries.HologramNote } } });
        await using Session superuser = await installation.AsSuperuserAsync();
        await Eventually.TrueAsync(async () => await superuser.LineAsync("SELECT count(*) FROM vault.message WHERE direction = 'in'") == "8");
        Guid conversation = Guid.Parse(await superuser.LineAsync("SELECT id FROM vault.conversation ORDER BY opened_at LIMIT 1"));
        Assert.IsType<ReplyOutcome.Queued>(await installation.Get<Replies>().SendAsync(
            installation.ClientId, conversation, installation.OwnerId, Canaries.StaffReply, Guid.NewGuid(), Cancellation));
        await BusinessWroteAsync(phone, Canaries.StaffReply);
    }

    /// <summary>The tokens of a link and of the session it opened: hashes are all that may be kept.</summary>
    private static async Task<string[]> SignInAsync(CanaryInstallation installation)
    {
        SignInLinks links = installation.Get<SignInLinks>();
        string link = await links.IssueAsync(installation.ClientId, installation.OwnerId, Actor.Operator, Cancellation);
        string session = Assert.IsType<string>(await links.RedeemAsync(link, Cancellation));
        return [link, session];
    }

    /// <summary>The secrets of API keys, one made and used, one unknown: hashes are all that may be kept.</summary>
    private static async Task<string[]> CallAsync(CanaryInstallation installation)
    {
        MakeOutcome made = await installation.Get<ApiKeyRegistry>().MakeAsync(
            installation.ClientId, Guid.NewGuid(), Canaries.KeyName, maySend: false, installation.OwnerId, Cancellation);
        string secret = Assert.IsType<MakeOutcome.Made>(made).Secret;
        string unknown = ApiSecret.Create();
        Assert.Equal(200, await installation.CallAsync("api/v1/ledger/entries", secret));
        Assert.Equal(401, await installation.CallAsync("api/v1/ledger/entries", unknown));
        return [secret, unknown];
    }

    private static async Task HandleStrangeDeliveriesAsync(CanaryInstallation installation)
    {
        string unknownNumber = $$$"""{"object":"whatsapp_business_account","entry":[{"id":"2","changes":[{"field":"messages","value":{"messaging_product":"whatsapp","metadata":{"phone_number_id":"999999999999"},"messages":[{"from":"{{{Canaries.CustomerNumber}}}","id":"wamid.x","timestamp":"1795240000","type":"text","text":{"body":"{{{Canaries.QuarantinedText}}}"}}]}}]}]}""";
        Assert.Equal(200, await installation.DeliverAsync(unknownNumber, signed: true));
        Assert.Equal(200, await installation.DeliverAsync(Canaries.MalformedText, signed: true));
        Assert.Equal(401, await installation.DeliverAsync(Canaries.UnsignedText, signed: false));
        Assert.Equal(403, await installation.AskForHandshakeAsync(Canaries.WrongVerifyToken));
    }

    /// <summary>Waits until nothing is left to do, then has the server write what it knows to its files.</summary>
    private static async Task SettleAsync(CanaryInstallation installation)
    {
        await using Session superuser = await installation.AsSuperuserAsync();
        await Eventually.TrueAsync(async () => await superuser.LineAsync(
            """
            SELECT (SELECT count(*) FROM work.job) + (SELECT count(*) FROM intake.delivery WHERE sorted_at IS NULL)
                 + (SELECT count(*) FROM audit.event e WHERE NOT EXISTS (SELECT FROM ledger.entry l WHERE l.event_id = e.id))
            """) == "0");
        Assert.Equal("1", await superuser.LineAsync("SELECT count(*) FROM intake.quarantine"));
        Assert.Equal("1", await superuser.LineAsync("SELECT count(*) FROM intake.delivery WHERE problem = 'malformed'"));
        await superuser.ExecuteAsync("ANALYZE");
        await superuser.ExecuteAsync("CHECKPOINT");
    }

    private static async Task WriteControlAsync(CanaryInstallation installation)
    {
        await using Session superuser = await installation.AsSuperuserAsync();
        await superuser.ExecuteAsync("SET wal_compression = off"); // a compressed page image would hide it from any search
        await superuser.ExecuteAsync($"CREATE TABLE public.scratch AS SELECT '{Canaries.Control}' AS words, encode(convert_to('x{Canaries.Control}', 'UTF8'), 'base64') AS hidden");
        await superuser.ExecuteAsync("CHECKPOINT");
    }

    private static async Task WriteAsync(HttpClient phone, object message)
    {
        using HttpResponseMessage answer = await phone.PostAsJsonAsync($"phone/{Canaries.CustomerNumber}/messages", message, Cancellation);
        answer.EnsureSuccessStatusCode();
    }

    private static Task BusinessWroteAsync(HttpClient phone, string? text, int count = 1) => Eventually.TrueAsync(async () =>
    {
        string?[] texts =
        [
            .. (await MessagesAsync(phone)).Where(message => message.GetProperty("direction").GetString() == Business)
                .Select(message => message.GetProperty("text").GetString()),
        ];
        return texts.Length >= count && (text is null || texts.Any(sent => sent?.Contains(text, StringComparison.Ordinal) == true));
    });

    private static async Task<JsonElement[]> MessagesAsync(HttpClient phone) =>
        [.. (await phone.GetFromJsonAsync<JsonElement>($"phone/{Canaries.CustomerNumber}/messages", Cancellation)).EnumerateArray()];
}
