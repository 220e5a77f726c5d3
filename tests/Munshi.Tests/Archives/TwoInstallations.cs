using System.Text.Json;
using System.Text.Json.Nodes;
using Munshi.Archives;
using Munshi.Archives.Importing;
using Munshi.Tests.Postgres;
using Munshi.Tests.Running;
using Munshi.Vault;
using Munshi.Vault.Pages;
using Munshi.Vault.Resolving;
using Munshi.Vault.Views;

namespace Munshi.Tests.Archives;

/// <summary>A workspace's archive, and another installation, with a database, keys and files of its own, into which it was read.</summary>
public sealed class TwoInstallations(PostgresTemplate postgres) : IAsyncLifetime
{
    public const string Handle = "moved";

    internal ArchivedWorkspace Source { get; } = new(postgres);

    internal RunningServer Target { get; private set; } = null!;

    /// <summary>The archive that was read in.</summary>
    internal string Archive { get; private set; } = "";

    /// <summary>An archive of what was read in.</summary>
    internal string Again { get; private set; } = "";

    internal ImportedArchive Imported { get; private set; } = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await Source.InitializeAsync();
        await PutAwayAsync();
        Archive = Source.NewDirectory();
        Assert.IsType<ArchiveOutcome.Written>(await Source.WriteAsync(Archive));
        Target = await RunningServer.StartEmptyAsync(postgres, Cancellation);
        Imported = await ImportAsync(Archive, Handle);
        Again = Source.NewDirectory();
        Assert.IsType<ArchiveOutcome.Written>(await ArchivedWorkspace.WriteAsync(Target, Imported.ClientId, Handle, Again));
    }

    internal Task<ImportedArchive> ImportAsync(string directory, string handle, string? policy = null) =>
        Target.Get<ArchiveImport>().RunAsync(directory, policy, handle, TextWriter.Null, Cancellation);

    internal static JsonObject[] Lines(string archive, string name) =>
        [.. File.ReadAllLines(Path.Combine(archive, $"data/{name}.jsonl")).Select(line => JsonNode.Parse(line)!.AsObject())];

    /// <summary>A copy of the archive with one file's lines altered, signed anew as whoever has the key could.</summary>
    internal async Task<string> AlteredAsync(string name, Func<IReadOnlyList<string>, IEnumerable<string>> alter)
    {
        string copy = Copy();
        string path = Path.Combine(copy, $"data/{name}.jsonl");
        await File.WriteAllTextAsync(path, string.Concat(alter(await File.ReadAllLinesAsync(path, Cancellation)).Select(line => line + "\n")), Cancellation);
        await Source.ResealAsync(copy);
        return copy;
    }

    /// <summary>As the other, of several files, whose lines are altered as objects.</summary>
    internal async Task<string> AlteredAsync(params (string Name, Func<IReadOnlyList<JsonObject>, IEnumerable<JsonObject>> Alter)[] files)
    {
        string copy = Copy();
        foreach ((string name, Func<IReadOnlyList<JsonObject>, IEnumerable<JsonObject>> alter) in files)
        {
            await File.WriteAllTextAsync(
                Path.Combine(copy, $"data/{name}.jsonl"), string.Concat(alter(Lines(copy, name)).Select(line => line.ToJsonString() + "\n")), Cancellation);
        }

        await Source.ResealAsync(copy);
        return copy;
    }

    internal string Copy() => Source.Copy(Archive);

    /// <summary>How many rows of each kind a workspace of the other installation has.</summary>
    internal async Task<JsonElement> CountsAsync(Guid clientId)
    {
        string[] tables =
        [
            "access.membership", "audit.event", "knowledge.entry", "vault.contact", "vault.contact_event", "vault.conversation", "vault.conversation_event", "vault.conversation_label", "vault.field",
            "vault.field_value", "vault.identifier", "vault.import", "vault.label", "vault.media", "vault.media_import", "vault.message", "vault.message_status", "vault.note",
            "vault.note_removal", "vault.observation", "vault.provider_reference", "vault.saved_view", "vault.withdrawn_import",
        ];
        string counts = string.Join(", ", tables.Select(table => $"'{table}', (SELECT count(*) FROM {table} WHERE client_id = '{clientId}')"));
        return JsonDocument.Parse(await Target.Database.ScalarAsync<string>($"SELECT json_build_object({counts})::text")).RootElement;
    }

    public async ValueTask DisposeAsync()
    {
        await Target.DisposeAsync();
        await Source.DisposeAsync();
    }

    /// <summary>A conversation that was put off, one that is resolved, and a list that somebody saved.</summary>
    private async Task PutAwayAsync()
    {
        (Guid client, Guid owner) = (Source.Server.ClientId, Source.Server.OwnerId);
        ConversationStandings standings = Source.Server.Get<ConversationStandings>();
        Guid snoozed = await Source.Server.ConversationAsync("919000007002");
        Guid resolved = await Source.Server.ConversationAsync("919000007004");
        DateTimeOffset until = new(TimeProvider.System.GetUtcNow().Date.AddDays(30), TimeSpan.Zero);
        await standings.SnoozeAsync(client, snoozed, owner, await SeenAsync(snoozed), until, Cancellation);
        await standings.ResolveAsync(client, resolved, owner, await SeenAsync(resolved), Cancellation);
        await Source.Server.Get<SavedViews>().SaveAsync(
            client, new SavedView(Guid.CreateVersion7(), "Put off", new InboxFilter(InboxTab.All, Standing.Snoozed, null)), owner, Cancellation);
    }

    private Task<long> SeenAsync(Guid conversation) => Source.Server.Database.ScalarAsync<long>($"SELECT inbound_count FROM vault.conversation WHERE id = '{conversation}'");
}
