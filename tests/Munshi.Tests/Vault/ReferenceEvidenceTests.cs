using Munshi.Audit;
using Munshi.Tests.Import;
using Munshi.Tests.Postgres;
using Munshi.Tests.Running;
using Munshi.Tests.Sandbox;
using Munshi.Workspaces;

namespace Munshi.Tests.Vault;

/// <summary>What a superuser changes beside the records: by what people are found, and what keeps a message from standing twice.</summary>
public sealed class ReferenceEvidenceTests(PostgresTemplate postgres) : IAsyncLifetime
{
    private const string Customer = "919000007301";
    private const string Other = "919000007302";

    private RunningServer _server = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await RunningServer.StartAsync(postgres, Cancellation);
        foreach (string number in (string[])[Customer, Other])
        {
            using SandboxPhone phone = new(_server, number);
            await phone.AskAsync("What are your timings?", Cancellation);
        }

        await _server.SettledAsync();
        Assert.Empty(await FoundAsync());
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Look_ups_that_changed_places_are_named()
    {
        await _server.Database.AsSuperuserAsync(
            """
            CREATE TEMPORARY TABLE swapped AS
                SELECT a.id, b.lookup FROM vault.identifier a JOIN vault.identifier b ON b.kind = a.kind AND b.id <> a.id;
            UPDATE vault.identifier SET lookup = sha256(lookup);
            UPDATE vault.identifier i SET lookup = s.lookup FROM swapped s WHERE s.id = i.id;
            """);

        string[] found = await FoundAsync();
        Assert.All(found, finding => Assert.Equal("Lookup", finding));
        Assert.Equal(await _server.Database.ScalarAsync<int>("SELECT count(*)::int FROM vault.identifier"), found.Length);
    }

    [Fact]
    public async Task A_received_message_without_its_reference_is_named()
    {
        await RemoveAsync("provider_reference", "r.message_id IN (SELECT id FROM vault.message WHERE direction = 'in')");

        Assert.Equal(["Reference", "Reference"], await FoundAsync());
    }

    [Fact]
    public async Task A_message_that_came_twice_because_its_reference_was_removed_is_named()
    {
        byte[] payload = MetaPayload.Messages(MetaPayload.Text(Customer, "twice?"));
        using MetaClient meta = new(_server.Webhook, RunningServer.AppSecret);
        await meta.DeliverAsync(payload, Cancellation);
        await _server.SettledAsync();
        await RemoveAsync("provider_reference", "r.message_id = (SELECT id FROM vault.message WHERE direction = 'in' ORDER BY id DESC LIMIT 1)");

        await meta.DeliverAsync(payload, Cancellation);
        await _server.SettledAsync();

        Assert.Equal(4, await _server.Database.ScalarAsync<int>("SELECT count(*)::int FROM vault.message WHERE direction = 'in'"));
        Assert.Equal(["Reference"], await FoundAsync());
    }

    [Fact]
    public async Task A_reference_that_names_another_message_is_named()
    {
        await ChangeAsync(
            "provider_reference",
            "UPDATE vault.provider_reference r SET message_id = (SELECT id FROM vault.message m WHERE m.direction = 'in' AND m.id <> r.message_id LIMIT 1) "
            + "WHERE r.message_id = (SELECT min(id::text)::uuid FROM vault.message WHERE direction = 'in')");

        Assert.Equal(["Reference"], await FoundAsync());
    }

    [Fact]
    public async Task A_message_of_a_year_that_cannot_be_read_is_named_and_hides_no_other()
    {
        await ChangeAsync("message", "UPDATE vault.message SET at = '20000-01-01' WHERE id = (SELECT min(id::text)::uuid FROM vault.message)");
        await ChangeAsync("message", "UPDATE vault.message SET turn = turn + 1 WHERE id = (SELECT max(id::text)::uuid FROM vault.message)");

        Assert.Equal(["Ciphertext", "Commitment"], (await FoundAsync()).Order());
    }

    [Fact]
    public async Task An_imported_message_that_no_import_saw_is_named()
    {
        Guid other = Assert.IsType<WorkspaceOutcome.Created>(
            await _server.Get<WorkspaceRegistry>().CreateAsync("references", ExportedChat.Shop, Actor.Operator, Cancellation)).ClientId;
        ExportedChat.Done(await _server.ImportAsync(System.Text.Encoding.UTF8.GetBytes(ExportedChat.Of(5)), Customer, workspace: other));
        await Eventually.TrueAsync(async () => (await _server.Get<LedgerVerifier>().VerifyAsync(other, Cancellation)) is { IsOk: true, Entries: > 5 });

        await RemoveAsync("observation", "r.message_id = (SELECT min(message_id::text)::uuid FROM vault.observation)");

        Assert.Equal(["Reference"], await FoundAsync(other));
    }

    private Task RemoveAsync(string table, string where) => ChangeAsync(table, $"DELETE FROM vault.{table} r WHERE {where}");

    private Task ChangeAsync(string table, string statement) => _server.Database.AsSuperuserAsync(
        $"""
        BEGIN; ALTER TABLE vault.{table} DISABLE TRIGGER immutable; {statement}; SET CONSTRAINTS ALL IMMEDIATE;
        ALTER TABLE vault.{table} ENABLE ALWAYS TRIGGER immutable; COMMIT
        """);

    private async Task<string[]> FoundAsync(Guid? workspace = null) =>
        [.. (await _server.Get<LedgerVerifier>().VerifyAsync(workspace ?? _server.ClientId, Cancellation)).Findings.Select(finding => finding.Kind.ToString())];
}
