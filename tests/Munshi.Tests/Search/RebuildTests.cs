using System.Net;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Munshi.Database;
using Munshi.Search.Feeding;
using Munshi.Search.Finding;
using Munshi.Search.Index;
using Munshi.Search.Pages;
using Munshi.Tests.Postgres;
using Munshi.Tests.Running;
using Munshi.Tests.Sandbox;

namespace Munshi.Tests.Search;

/// <summary>The index can be lost at any time; what is in the vault is found again.</summary>
public sealed class RebuildTests(PostgresTemplate postgres) : IAsyncLifetime
{
    private const string Customer = "919000017401";

    private RunningServer _server = null!;
    private string _data = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Folder => Path.Combine(_data, "search", _server.ClientId.ToString());

    public async ValueTask InitializeAsync()
    {
        _server = await RunningServer.StartAsync(postgres, Cancellation);
        _data = _server.Get<DataDirectory>().Root;
        await DeliverAsync("a perdurable rhododendron");
        await FoundAsync("rhododendron", 1);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task After_a_restart_the_same_file_goes_on()
    {
        string before = Newest();
        await _server.RestartAsync(() => Task.CompletedTask);
        await DeliverAsync("another rhododendron");

        await FoundAsync("rhododendron", 2);
        Assert.Equal(before, Newest());
    }

    [Fact]
    public async Task What_came_while_nothing_was_fed_is_found_afterwards()
    {
        await DeliverAsync("a second rhododendron");
        await FoundAsync("rhododendron", 2);
        string left = "";
        await _server.RestartAsync(() =>
        {
            left = Newest();
            Directory.Delete(Folder, recursive: true);
            return Task.CompletedTask;
        });

        await AnotherFileAsync(left);
        await FoundAsync("rhododendron", 2);
        Assert.True((await FindAsync("rhododendron")).Mark!.IsWhole);
    }

    [Theory]
    [InlineData("UPDATE state SET value = 'another boot' WHERE name = 'boot'")]
    [InlineData("UPDATE state SET value = 0 WHERE name = 'whole'; UPDATE state SET value = 'another boot' WHERE name = 'boot'")]
    [InlineData("UPDATE state SET value = 1000000 WHERE name = 'seq'")]
    [InlineData("UPDATE state SET value = x'00' WHERE name = 'hash'")]
    [InlineData("UPDATE state SET value = '0' WHERE name = 'version'")]
    [InlineData("UPDATE state SET value = x'0011' WHERE name = 'salt'")]
    [InlineData("DROP TABLE state")]
    public async Task An_index_that_cannot_be_relied_on_is_made_anew(string spoiled)
    {
        string before = Newest();
        await _server.RestartAsync(() =>
        {
            Run(before, spoiled);
            return Task.CompletedTask;
        });

        await AnotherFileAsync(before);
        await FoundAsync("rhododendron", 1);
        Assert.Single(Directory.EnumerateFiles(Folder, "*.db"));
    }

    [Fact]
    public async Task A_build_that_was_cut_off_goes_on_where_it_was()
    {
        string before = Newest();
        await _server.RestartAsync(() =>
        {
            Run(before, "DELETE FROM message_words; DELETE FROM message; UPDATE state SET value = 0 WHERE name IN ('whole', 'count'); UPDATE state SET value = x'ffffffffffffffffffffffffffffffff' WHERE name = 'below'");
            return Task.CompletedTask;
        });

        await FoundAsync("rhododendron", 1);
        Assert.Equal(before, Newest());
    }

    [Fact]
    public async Task A_damaged_file_is_made_anew()
    {
        string before = Newest();
        await _server.RestartAsync(() =>
        {
            byte[] content = File.ReadAllBytes(before);
            RandomNumberGenerator.Fill(content.AsSpan(100));
            File.WriteAllBytes(before, content);
            return Task.CompletedTask;
        });

        await AnotherFileAsync(before);
        await FoundAsync("rhododendron", 1);
    }

    [Fact]
    public async Task An_index_that_is_to_go_is_made_anew_under_another_key_while_the_server_runs()
    {
        string before = Newest();
        byte[] salt = SaltOf(before);

        _server.Get<IndexFolder>().MarkStale(_server.ClientId);
        await AnotherFileAsync(before);
        await FoundAsync("rhododendron", 1);

        Assert.NotEqual(salt, SaltOf(Newest()));
    }

    [Fact]
    public async Task Of_two_processes_one_feeds_and_both_search()
    {
        await using RunningServer.Second second = await _server.StartSecondAsync(Cancellation);
        await DeliverAsync("a dual rhododendron");
        await FoundAsync("dual", 1);

        Findings there = await second.Get<MessageSearch>().FindAsync(_server.ClientId, Request("dual"), Cancellation);

        Assert.Single(there.Messages);
        Assert.True(_server.Get<SearchProgress>().IsFedHere);
        Assert.False(second.Get<SearchProgress>().IsFedHere);
    }

    [Fact]
    public async Task A_message_whose_key_is_gone_is_not_found()
    {
        await DeliverAsync("an evanescent thing");
        await FoundAsync("evanescent", 1);
        await _server.RestartAsync(DestroyKeysOfMessagesAsync);

        Assert.Empty((await FindAsync("evanescent")).Messages);
    }

    private async Task DestroyKeysOfMessagesAsync()
    {
        string keys = await _server.Database.ScalarAsync<string>("SELECT string_agg(DISTINCT replace(key_id::text, '-', ''), ',') FROM vault.message");
        await using SqliteConnection connection = new(new SqliteConnectionStringBuilder { DataSource = Path.Combine(_data, "keyring", "keyring.db"), Pooling = false }.ConnectionString);
        connection.Open();
        foreach (string key in keys.Split(','))
        {
            await using SqliteCommand command = connection.CreateCommand();
            command.CommandText = "DELETE FROM key WHERE id = $id";
            command.Parameters.AddWithValue("$id", Convert.FromHexString(key));
            Assert.Equal(1, await command.ExecuteNonQueryAsync(Cancellation));
        }
    }

    private static void Run(string path, string statements)
    {
        using SqliteConnection connection = IndexConnection.Write(path);
        IndexConnection.Run(connection, statements);
    }

    private static byte[] SaltOf(string path)
    {
        using SqliteConnection connection = IndexConnection.Read(path);
        return new IndexState(connection).Salt()!;
    }

    private static SearchRequest Request(string sought) => new(SearchQuery.Of(sought, out _)!, new SearchFilter(), null, null, null, 0);

    private string Newest() => Directory.EnumerateFiles(Folder, "*.db").Max(StringComparer.Ordinal)!;

    private Task AnotherFileAsync(string before) =>
        Eventually.TrueAsync(() => Task.FromResult(Directory.Exists(Folder) && Directory.EnumerateFiles(Folder, "*.db").Any() && Newest() != before));

    private Task<Findings> FindAsync(string sought) => _server.Get<MessageSearch>().FindAsync(_server.ClientId, Request(sought), Cancellation);

    private Task FoundAsync(string sought, int count) => Eventually.TrueAsync(async () => (await FindAsync(sought)).Messages.Count == count);

    private async Task DeliverAsync(string text)
    {
        using MetaClient meta = new(_server.Webhook, RunningServer.AppSecret);
        Assert.Equal(HttpStatusCode.OK, await meta.DeliverAsync(MetaPayload.Messages(MetaPayload.Text(Customer, text)), Cancellation));
    }
}
