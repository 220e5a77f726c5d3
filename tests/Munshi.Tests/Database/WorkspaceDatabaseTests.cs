using Munshi.Database;
using Munshi.Tests.Postgres;
using Npgsql;

namespace Munshi.Tests.Database;

/// <summary>The one way to a workspace's rows: all or nothing, and nothing left behind on the connection.</summary>
public sealed class WorkspaceDatabaseTests(PostgresTemplate postgres) : IAsyncLifetime
{
    private static readonly Guid A = SampleRows.Id('a');
    private static readonly Guid B = SampleRows.Id('b');

    private TestDatabase _database = null!;
    private NpgsqlDataSource _source = null!;
    private WorkspaceDatabase _app = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await postgres.CloneAsync();
        await using Session superuser = await Session.AsSuperuserAsync(_database);
        await SampleRows.WriteAsync(superuser, 'a');
        await SampleRows.WriteAsync(superuser, 'b');

        // One connection, so that each access uses the connection that the one before has left.
        _source = new NpgsqlDataSourceBuilder(new NpgsqlConnectionStringBuilder
        {
            Host = _database.Address.Host,
            Port = _database.Address.Port,
            Database = _database.Address.Database,
            Username = DatabaseRole.App.Name(),
            Password = postgres.Secrets[DatabaseRole.App],
            MaxPoolSize = 1,
            MaxAutoPrepare = 200,
            AutoPrepareMinUsages = 2,
        }.ConnectionString).Build();
        _app = new WorkspaceDatabase(_source);
    }

    public async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task A_committed_transaction_leaves_no_workspace_on_the_connection()
    {
        int backend = await _app.TransactAsync(A, Contacts, Cancellation);

        Assert.Equal(1, backend);
        Assert.Equal("", await SettingAsync());
    }

    [Fact]
    public async Task A_single_access_leaves_no_workspace_on_the_connection()
    {
        for (int again = 0; again < 4; again++)
        {
            Assert.Single(await _app.RowsAsync(A, SelectContacts(), reader => reader.GetGuid(0), Cancellation));
            Assert.Equal("", await SettingAsync());
        }
    }

    [Fact]
    public async Task A_failed_transaction_leaves_no_workspace_on_the_connection()
    {
        await Assert.ThrowsAsync<PostgresException>(() => _app.TransactAsync(A, transaction => transaction.ExecuteAsync(new Statement("SELECT 1 / 0")), Cancellation));

        Assert.Equal("", await SettingAsync());
    }

    [Fact]
    public async Task Each_access_sees_its_own_workspace_on_one_connection_also_when_prepared()
    {
        for (int again = 0; again < 10; again++)
        {
            Assert.Equal(A, await _app.RowAsync(A, SelectContacts(), reader => reader.GetGuid(0), Cancellation));
            Assert.Equal(B, await _app.RowAsync(B, SelectContacts(), reader => reader.GetGuid(0), Cancellation));
            Assert.Equal(Guid.Empty, await _app.RowAsync(SampleRows.Id('c'), SelectContacts(), reader => reader.GetGuid(0), Cancellation));
        }
    }

    [Fact]
    public async Task Accesses_at_once_never_mix_their_workspaces()
    {
        IEnumerable<Task<(Guid Asked, Guid Seen)>> accesses = Enumerable.Range(0, 200).Select(async number =>
        {
            Guid asked = number % 2 == 0 ? A : B;
            Guid seen = number % 3 == 0
                ? await _database.Databases.App.TransactAsync(asked, transaction => transaction.RowAsync(SelectContacts(), reader => reader.GetGuid(0)), Cancellation)
                : await _database.Databases.App.RowAsync(asked, SelectContacts(), reader => reader.GetGuid(0), Cancellation);
            return (asked, seen);
        });

        Assert.All(await Task.WhenAll(accesses), access => Assert.Equal(access.Asked, access.Seen));
    }

    [Fact]
    public async Task An_exception_takes_back_everything_written_before_it()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => _app.TransactAsync<bool>(A, async transaction =>
        {
            await transaction.ExecuteAsync(InsertContact());
            transaction.Queue(InsertContact());
            await transaction.RowsAsync(SelectContacts(), reader => reader.GetGuid(0));
            throw new InvalidOperationException("the work failed");
        }, Cancellation));

        Assert.Equal(2, await CountAsync());
    }

    [Fact]
    public async Task What_was_queued_and_never_sent_is_not_written_when_the_work_fails()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => _app.TransactAsync<bool>(A, transaction =>
        {
            transaction.Queue(InsertContact());
            throw new InvalidOperationException("the work failed");
        }, Cancellation));

        Assert.Equal(2, await CountAsync());
    }

    [Fact]
    public async Task Queued_statements_are_written_with_the_commit()
    {
        await _app.TransactAsync(A, transaction =>
        {
            transaction.Queue(InsertContact());
            transaction.Queue(InsertContact());
            return Task.FromResult(true);
        }, Cancellation);

        Assert.Equal(4, await CountAsync());
    }

    [Fact]
    public async Task A_batch_is_written_whole_or_not_at_all()
    {
        await Assert.ThrowsAsync<PostgresException>(() => _app.ExecuteAsync(A, [InsertContact(), InsertContact(), new Statement("SELECT 1 / 0")], Cancellation));
        Assert.Equal(2, await CountAsync());

        await _app.ExecuteAsync(A, [InsertContact(), InsertContact()], Cancellation);
        Assert.Equal(4, await CountAsync());
    }

    [Fact]
    public async Task A_constraint_that_is_looked_at_last_still_takes_back_the_transaction()
    {
        // The message's conversation is checked at COMMIT (DEFERRABLE INITIALLY DEFERRED).
        await Assert.ThrowsAsync<PostgresException>(() => _app.TransactAsync(A, async transaction =>
        {
            await transaction.ExecuteAsync(InsertContact());
            return await transaction.ExecuteAsync(new Statement("INSERT INTO vault.provider_reference (client_id, reference, message_id) VALUES ($1, $2, $3)")
                .Uuid(A).Bytes(new byte[32]).Uuid(Guid.NewGuid()));
        }, Cancellation));

        Assert.Equal(2, await CountAsync());
        Assert.Equal("", await SettingAsync());
    }

    [Fact]
    public async Task Cancelled_work_is_taken_back_and_the_connection_is_usable()
    {
        using CancellationTokenSource cancelled = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _app.TransactAsync(A, async transaction =>
        {
            await transaction.ExecuteAsync(InsertContact());
            Task<int> sleeping = transaction.ExecuteAsync(new Statement("SELECT pg_sleep(60)"));
            await cancelled.CancelAsync();
            return await sleeping;
        }, cancelled.Token));

        Assert.Equal(2, await CountAsync());
        Assert.Equal("", await SettingAsync());
    }

    [Fact]
    public async Task Work_cancelled_before_its_commit_is_not_committed()
    {
        using CancellationTokenSource cancelled = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _app.TransactAsync(A, async transaction =>
        {
            await transaction.ExecuteAsync(InsertContact());
            await cancelled.CancelAsync();
            return true;
        }, cancelled.Token));

        Assert.Equal(2, await CountAsync());
    }

    [Fact]
    public async Task A_transaction_whose_connection_is_cut_is_an_error_and_not_half_written()
    {
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => _app.TransactAsync(A, async transaction =>
        {
            int backend = await transaction.RowAsync(new Statement("SELECT pg_backend_pid()"), reader => reader.GetInt32(0));
            await transaction.ExecuteAsync(InsertContact());
            await _database.AsSuperuserAsync($"SELECT pg_terminate_backend({backend}, 5000)");
            return await transaction.ExecuteAsync(InsertContact());
        }, Cancellation));

        Assert.Equal(2, await CountAsync());
        Assert.Equal(A, await _app.RowAsync(A, SelectContacts(), reader => reader.GetGuid(0), Cancellation));
    }

    [Fact]
    public async Task Rows_of_queued_statements_are_not_taken_for_the_answer()
    {
        Guid id = await _app.TransactAsync(A, transaction =>
        {
            Signals.Conversation(transaction, Guid.NewGuid());
            transaction.Queue(InsertContact());
            return transaction.RowAsync(SelectContacts(), reader => reader.GetGuid(0));
        }, Cancellation);

        Assert.Equal(A, id);
    }

    [Fact]
    public async Task The_number_of_changed_rows_is_that_of_the_statement()
    {
        int changed = await _app.TransactAsync(A, transaction =>
        {
            transaction.Queue(InsertContact());
            return transaction.ExecuteAsync(new Statement("UPDATE vault.contact SET opted_out_at = NULL WHERE client_id = $1").Uuid(A));
        }, Cancellation);

        Assert.Equal(2, changed);
    }

    [Fact]
    public void A_statement_that_is_not_embedded_is_named() =>
        Assert.Contains("Vault/none.sql", Assert.Throws<ArgumentException>(() => Sql.Read("Vault/none.sql")).Message, StringComparison.Ordinal);

    private static Statement SelectContacts() => new("SELECT client_id FROM vault.contact ORDER BY id");

    private static Statement InsertContact() =>
        new Statement("INSERT INTO vault.contact (client_id, id, created_at) VALUES ($1, $2, now())").Uuid(A).Uuid(Guid.NewGuid());

    private static Task<int> Contacts(WorkspaceTransaction transaction) =>
        transaction.RowAsync(new Statement("SELECT count(*)::int FROM vault.contact"), reader => reader.GetInt32(0));

    /// <summary>Of both workspaces, as superuser.</summary>
    private Task<long> CountAsync() => _database.ScalarAsync<long>("SELECT count(*) FROM vault.contact");

    /// <summary>What the pool's one connection has as its workspace now.</summary>
    private async Task<string> SettingAsync()
    {
        await using NpgsqlCommand command = _source.CreateCommand("SELECT coalesce(current_setting('munshi.client_id', true), '')");
        return (string)(await command.ExecuteScalarAsync(Cancellation))!;
    }
}
