using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Munshi.Archives;
using Munshi.Audit;
using Munshi.Audit.Proving;
using Munshi.Database;
using Munshi.Ledger;
using Munshi.Ledger.Archives;
using Munshi.Ledger.Notes;
using Munshi.Tests.Audit.Erasures;
using Munshi.Tests.Import;
using Munshi.Tests.Postgres;
using Munshi.Tests.Running;
using Munshi.Tests.Sandbox;
using Munshi.Tests.Vault.Transcripts;
using Munshi.Vault;
using Munshi.Vault.Fields;
using Munshi.Vault.Importing;
using Munshi.Vault.Labels;
using Munshi.Vault.Notes;

namespace Munshi.Tests.Archives;

/// <summary>A server with one of everything in a workspace, another workspace beside it, and the first one's archive. Tests alter copies.</summary>
public sealed class ArchivedWorkspace(PostgresTemplate postgres) : IAsyncLifetime
{
    public const string Kept = "first wording that is kept";
    public const string Edited = "second wording that is kept";
    public const string Deleted = "ibis canary, deleted";
    public const string DeletedLater = "ibis canary, its second wording";
    public const string Erased = "egret canary, erased";
    public const string RemovedNote = "stork canary, a note that was removed";
    public const string Foreign = "pelican canary of the other shop";
    public const string Withdrawn = "message 2 of the import that was taken back";

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly string _directory = Directory.CreateTempSubdirectory("munshi-test-archive-").FullName;
    private readonly TranscriptBench _bench = new(postgres);
    private int _copies;

    internal static byte[] Picture { get; } = [0xff, 0xd8, 0xff, 0xe0, .. Enumerable.Range(0, 200_000).Select(i => (byte)(i * 7 / 3))];

    internal static byte[] Paper { get; } = Encoding.ASCII.GetBytes("%PDF-1.4 a bill");

    internal RunningServer Server => _bench.Server;

    /// <summary>The archive.</summary>
    internal string Whole => Path.Combine(_directory, "whole");

    internal ArchiveOutcome.Written Written { get; private set; } = null!;

    internal Guid Conversation { get; private set; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _bench.InitializeAsync();
        await TalkAsync("919000007001");
        await SendFilesAsync("919000007002");
        await ImportAsync();
        await WorkAsync();
        await EraseAsync("919000007003");
        Written = Assert.IsType<ArchiveOutcome.Written>(await WriteAsync(Whole));
    }

    /// <summary>Archives once everything is signed.</summary>
    internal async Task<ArchiveOutcome> WriteAsync(string directory)
    {
        await Server.SettledAsync();
        return await WriteAsync(Server, Server.ClientId, "demo", directory);
    }

    /// <summary>As the other, a workspace of any server.</summary>
    internal static async Task<ArchiveOutcome> WriteAsync(RunningServer server, Guid clientId, string handle, string directory)
    {
        await SignedAsync(server, clientId);
        CultureInfo before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");
        try
        {
            return await server.Get<WorkspaceArchive>().WriteAsync(clientId, handle, directory, TextWriter.Null, CancellationToken.None);
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    internal string PathOf(string file) => Path.Combine(Whole, file);

    internal string Text(string file) => File.ReadAllText(PathOf(file));

    internal JsonElement[] Lines(string name) => [.. File.ReadAllLines(PathOf($"data/{name}.jsonl")).Select(line => JsonDocument.Parse(line).RootElement)];

    /// <summary>A new name in the test's directory.</summary>
    internal string NewDirectory() => Path.Combine(_directory, $"copy-{Interlocked.Increment(ref _copies)}");

    /// <summary>A copy of the archive, to be altered.</summary>
    internal string Copy() => Copy(Whole);

    /// <summary>A copy of any archive.</summary>
    internal string Copy(string archive)
    {
        string copy = NewDirectory();
        foreach (string file in Directory.EnumerateFiles(archive, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(copy, Path.GetRelativePath(archive, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        return copy;
    }

    /// <summary>As whoever has the key could: the manifest of a copy made and signed anew.</summary>
    internal async Task ResealAsync(string copy)
    {
        StringBuilder manifest = new();
        long files = 0;
        foreach (string path in ArchiveFiles.Sorted(copy))
        {
            manifest.Append(ArchiveFiles.Line(new Digest(SHA256.HashData(await File.ReadAllBytesAsync(Path.Combine(copy, path), Cancellation))), path));
            files++;
        }

        byte[] bytes = Encoding.UTF8.GetBytes(manifest.ToString());
        await File.WriteAllBytesAsync(Path.Combine(copy, "MANIFEST"), bytes, Cancellation);
        LogAttester attester = Server.Get<LogAttester>();
        VerifierKey key = attester.KeyOf(await File.ReadAllTextAsync(Path.Combine(copy, "ledger/checkpoint"), Cancellation))!;
        using JsonDocument workspace = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(copy, "data/workspace.jsonl"), Cancellation));
        DateTimeOffset at = workspace.RootElement.GetProperty("exportedAt").GetDateTimeOffset();
        ArchiveSeal seal = new(Server.ClientId, at, files, new Digest(SHA256.HashData(bytes)));
        await File.WriteAllTextAsync(Path.Combine(copy, "MANIFEST.note"), attester.Attest(key, seal.Encode()).ToString(), Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await _bench.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private async Task TalkAsync(string customer)
    {
        JsonObject kept = MetaPayload.Text(customer, Kept);
        JsonObject gone = MetaPayload.Text(customer, Deleted);
        await _bench.DeliverAsync(customer, "Asha Rao", gone); // nobody knows an answer, and whoever takes over is told its beginning
        await _bench.DeliverAsync(customer, "Asha Rao", kept);
        await _bench.DeliverAsync(customer, "Asha Rao", MetaPayload.Text(customer, "talk to a person"));
        await _bench.DeliverAsync(customer, "Asha Rao", Edit(customer, kept, Edited));
        await _bench.DeliverAsync(customer, "Asha Rao", Edit(customer, gone, DeletedLater));
        await _bench.DeliverAsync(customer, "Asha Rao", MetaPayload.Message(customer, "revoke", new JsonObject { ["original_message_id"] = (string)gone["id"]! }));
        await _bench.DeliverAsync(customer, "Asha Rao", MetaPayload.Text(customer, "STOP"));
        Conversation = await Server.ConversationAsync(customer);
    }

    private async Task SendFilesAsync(string customer)
    {
        using SandboxPhone phone = new(Server, customer);
        await phone.SendAsync("saree.jpg", "image/jpeg", Picture, CancellationToken.None);
        await phone.SendAsync("saree again.jpg", "image/jpeg", Picture, CancellationToken.None);
        await phone.SendAsync("<b>bill</b>.pdf", "application/pdf", Paper, CancellationToken.None);
        await Eventually.TrueAsync(async () => await Server.Database.ScalarAsync<long>("SELECT count(*) FROM vault.media WHERE state = 'stored'") == 3);
    }

    private async Task ImportAsync()
    {
        ExportedChat.Done(await Server.ImportAsync(ExportedChat.Of(40), "919000007004"));
        string taken = ExportedChat.Of(3).Replace("message 2", Withdrawn, StringComparison.Ordinal);
        ExportedChat.Done(await Server.ImportAsync(taken, "919000007005"));
        Guid import = await Server.Database.ScalarAsync<Guid>("SELECT id FROM vault.import ORDER BY id DESC LIMIT 1");
        Assert.True(await Server.Get<ImportWithdrawals>().WithdrawAsync(Server.ClientId, import, Actor.Operator, CancellationToken.None));
        string foreign = ExportedChat.Of(4).Replace("message 2", Foreign, StringComparison.Ordinal);
        ExportedChat.Done(await Server.ImportAsync(Encoding.UTF8.GetBytes(foreign), "919000007006", ExportedChat.Shop, workspace: _bench.Dashboard.OtherClientId));
    }

    private async Task WorkAsync()
    {
        (Guid client, Guid owner) = (Server.ClientId, Server.OwnerId);
        await Server.Get<NoteBook>().WriteAsync(client, Conversation, Guid.CreateVersion7(), owner, "call back on Monday", Cancellation);
        Guid note = Guid.CreateVersion7();
        await Server.Get<NoteBook>().WriteAsync(client, Conversation, note, owner, RemovedNote, Cancellation);
        await Server.Get<NoteBook>().DeleteAsync(client, Conversation, note, owner, isOwner: true, Cancellation);
        Label label = new(Guid.CreateVersion7(), "Wholesale", LabelColours.All[0]);
        await Server.Get<LabelBook>().MakeAsync(client, label, owner, Cancellation);
        await Server.Get<LabelBook>().MakeAsync(_bench.Dashboard.OtherClientId, new Label(Guid.CreateVersion7(), Foreign, LabelColours.All[0]), _bench.Dashboard.OtherOwnerId, Cancellation);
        await Server.Get<ConversationLabels>().AddAsync(client, Conversation, label.Id, owner, Cancellation);
        Field field = new(Guid.CreateVersion7(), "Blouse size");
        await Server.Get<FieldBook>().MakeAsync(client, field, owner, Cancellation);
        await Server.Get<FieldValues>().SetAsync(client, Conversation, field.Id, "thirty-six", null, owner, Cancellation);
        await JoinAsync("919000007002", "919000007008");
    }

    private async Task JoinAsync(string known, string other)
    {
        await _bench.DeliverAsync(other, "Asha Rao", MetaPayload.Text(other, "What are your timings?"));
        Correspondents correspondents = Server.Get<Correspondents>();
        await Server.Get<WorkspaceDatabase>().TransactAsync(
            Server.ClientId,
            async transaction =>
            {
                Correspondent one = (await correspondents.FindAsync(transaction, [new IdentifierClaim("phone", known)]))!;
                Correspondent two = (await correspondents.FindAsync(transaction, [new IdentifierClaim("phone", other)]))!;
                return await ContactMerges.MergeAsync(transaction, one.ContactId, two.ContactId, Actor.Person(Server.OwnerId), TimeProvider.System.GetMicrosecondNow());
            },
            Cancellation);
    }

    /// <summary>A message whose key is destroyed under a recorded case, and with it what a hand-off told of it.</summary>
    private async Task EraseAsync(string customer)
    {
        await _bench.DeliverAsync(customer, "Banalata", MetaPayload.Text(customer, Erased));
        Guid conversation = await Server.ConversationAsync(customer);
        await _bench.SignedAsync(conversation);
        await Server.Database.AsSuperuserAsync(
            $"""
            SET session_replication_role = replica;
            ALTER TABLE vault.message DISABLE TRIGGER immutable;
            UPDATE vault.message SET key_id = gen_random_uuid() WHERE conversation_id = '{conversation}' AND direction = 'in';
            ALTER TABLE vault.message ENABLE ALWAYS TRIGGER immutable;
            ALTER TABLE responder.hand_off DISABLE TRIGGER immutable;
            UPDATE responder.hand_off SET key_id = gen_random_uuid() WHERE conversation_id = '{conversation}';
            ALTER TABLE responder.hand_off ENABLE ALWAYS TRIGGER immutable;
            """);
        LedgerReport alarm = await Server.Get<LedgerVerifier>().VerifyAsync(Server.ClientId, Cancellation);
        RecordedCase recorded = new(Server.Database, Server.Get<DataDirectory>(), Server.ClientId);
        await recorded.RecordAsync(RecordedCase.Ranges([.. alarm.Findings.Select(finding => finding.Seq!.Value).Distinct().Order()]));
    }

    private static async Task SignedAsync(RunningServer server, Guid clientId)
    {
        const string Unsigned =
            """
            SELECT (SELECT count(*) FROM audit.event WHERE client_id = $1) - coalesce((
                SELECT max(c.size) FROM ledger.checkpoint c
                WHERE c.client_id = $1 AND c.tick < (SELECT max(size) FROM ledger.instance_checkpoint)), 0)
            """;
        using CancellationTokenSource deadline = new(Deadline);
        while (await server.Get<Databases>().Reader.RowAsync(new Statement(Unsigned).Uuid(clientId), row => row.GetInt64(0), deadline.Token) > 0)
        {
            await Task.Delay(50, deadline.Token);
        }
    }

    private static JsonObject Edit(string customer, JsonObject original, string text) => MetaPayload.Message(customer, "edit", new JsonObject
    {
        ["original_message_id"] = (string)original["id"]!,
        ["message"] = new JsonObject { ["type"] = "text", ["text"] = new JsonObject { ["body"] = text } },
    });
}
