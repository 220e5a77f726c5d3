using Munshi.Audit.Pages;
using Munshi.Database;
using Munshi.Tests.Postgres;
using Munshi.Tests.Web;
using Munshi.Vault;
using Munshi.Web;

namespace Munshi.Tests.Audit.Pages;

public sealed class LedgerLogTests(PostgresTemplate postgres) : IAsyncDisposable
{
    private const int Entries = 5_120;

    /// <summary>As many leaves in canonical form: the first two by a person, of 20 November, all others by a customer, of the 21st.</summary>
    private const string Fill =
        """
        INSERT INTO ledger.entry (client_id, seq, event_id, leaf, row_hash)
        SELECT $1, n, n + 1, format(E'munshi-leaf/1\nlog %s\nseq %s\ntime 2026-11-%sT09:00:00.000000Z\nactor %s:%s\naction message.received\nobject message:%s\ncommitment -\nciphertext -\nprevious %s\n',
            $1, n, CASE WHEN n < 2 THEN 20 ELSE 21 END, CASE WHEN n < 2 THEN 'person' ELSE 'customer' END, $1, $1, repeat('0', 64)), decode(repeat('00', 32), 'hex')
        FROM generate_series(0, $2 - 1) n
        """;

    private static readonly LedgerFilter All = new(null, null, null);

    private readonly PageRenderer _renderer = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private TimeText Times => _renderer.Page().Times;

    [Fact]
    public async Task Pages_follow_each_other_without_a_gap_down_to_the_first_entry()
    {
        await using AuditedDatabase audited = await AuditedDatabase.CreateAsync(postgres);
        Guid log = await FilledAsync(audited, 120);
        LedgerLog reader = Reader(audited);
        List<long> seen = [];
        long? before = null;
        do
        {
            LedgerListView page = await reader.ReadAsync(log, All, before, Times, Cancellation);
            seen.AddRange(page.Rows.Select(row => row.Seq));
            before = page.Next;
        }
        while (before is not null);

        Assert.Equal(Enumerable.Range(0, 120).Select(seq => (long)seq).Reverse(), seen);
    }

    [Fact]
    public async Task A_filter_looks_through_so_many_entries_at_a_time_and_goes_on_from_there()
    {
        await using AuditedDatabase audited = await AuditedDatabase.CreateAsync(postgres);
        Guid log = await FilledAsync(audited, Entries);
        LedgerLog reader = Reader(audited);
        LedgerFilter[] filters = [All with { Actor = ActorKind.Person }, All with { Day = new DateOnly(2026, 11, 20) }];
        foreach (LedgerFilter filter in filters)
        {
            LedgerListView first = await reader.ReadAsync(log, filter, before: null, Times, Cancellation);
            LedgerListView rest = await reader.ReadAsync(log, filter, first.Next, Times, Cancellation);

            Assert.Empty(first.Rows);
            Assert.Equal((LedgerLog.MostSearched, (long)Entries - LedgerLog.MostSearched), (first.Searched, first.Next));
            Assert.Equal([1L, 0L], rest.Rows.Select(row => row.Seq));
            Assert.Equal((null, null), (rest.Searched, rest.Next));
        }
    }

    [Fact]
    public async Task Another_workspaces_log_is_not_read()
    {
        await using AuditedDatabase audited = await AuditedDatabase.CreateAsync(postgres);
        await FilledAsync(audited, 3);

        Assert.Empty((await Reader(audited).ReadAsync(await audited.AddWorkspaceAsync(), All, before: null, Times, Cancellation)).Rows);
    }

    public ValueTask DisposeAsync() => _renderer.DisposeAsync();

    private static LedgerLog Reader(AuditedDatabase audited) => new(audited.Database.Databases, new StatusNames(audited.Database.Databases.App));

    private static async Task<Guid> FilledAsync(AuditedDatabase audited, int entries)
    {
        Guid log = await audited.AddWorkspaceAsync();
        await audited.Database.Databases.Audit.ExecuteAsync([new Statement(Fill).Uuid(log).Int(entries)], Cancellation);
        return log;
    }
}
