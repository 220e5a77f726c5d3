using System.Collections.Concurrent;
using System.Text;
using Munshi.Database;
using Munshi.Database.WorkQueue;
using Munshi.Keyring;

namespace Munshi.Channels.Health;

/// <summary>Under which business account each number stands, learnt from signed webhooks and from a subscription that Meta granted; and that it was heard of.</summary>
/// <remarks>Safe for concurrent use. What is known of a number is written once a minute at most.</remarks>
internal sealed class NumberAccounts(Databases databases, Numbers numbers, KeyCustodian custodian, TimeProvider clock)
{
    private const string AccountPurpose = "business-account-id";
    private const string DisplayPurpose = "business-number";

    private const string Learn =
        """
        INSERT INTO channel.number_account AS a (client_id, number_id, account_lookup, display_lookup, learnt_at) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (client_id, number_id) DO UPDATE
        SET account_lookup = excluded.account_lookup, learnt_at = excluded.learnt_at
        WHERE a.account_lookup <> excluded.account_lookup
        """;

    /// <summary>A silence that is longer than usual becomes usual; what was usual fades with each silence of an hour or more.</summary>
    private const string Hear =
        """
        INSERT INTO channel.number_health AS h (client_id, number_id, heard_at) VALUES ($1, $2, $3)
        ON CONFLICT (client_id, number_id) DO UPDATE SET
            heard_at = greatest(h.heard_at, excluded.heard_at),
            longest_silence = CASE WHEN excluded.heard_at - h.heard_at >= interval '1 hour'
                THEN greatest(coalesce(h.longest_silence, interval '0') * 0.9, excluded.heard_at - h.heard_at)
                ELSE h.longest_silence END
        """;

    /// <summary>No account carries the numbers of more workspaces.</summary>
    private const int MostConcerned = 1000;

    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<Guid, long> _heard = [];

    /// <summary>Notes that something came for a number, and under which account.</summary>
    /// <param name="transaction">The transaction of the update.</param>
    /// <param name="numberId">Our id.</param>
    /// <param name="accountId">Meta's id of the account; null where the update names none.</param>
    /// <param name="displayNumber">The number as the update names it; digits are looked at only.</param>
    /// <param name="at">When the delivery was acknowledged.</param>
    public async Task HeardAsync(WorkspaceTransaction transaction, Guid numberId, string? accountId, string? displayNumber, DateTimeOffset at)
    {
        long now = clock.GetTimestamp();
        if (_heard.TryGetValue(numberId, out long last) && clock.GetElapsedTime(last, now) < Pause)
        {
            return;
        }

        _heard[numberId] = now;
        transaction.Queue(new Statement(Hear).Uuid(transaction.ClientId).Uuid(numberId).Time(at));
        if (accountId is { Length: > 0 } && displayNumber is not null)
        {
            transaction.Queue(Known(transaction.ClientId, numberId, accountId, displayNumber));
            await numbers.LearnAccountAsync(transaction, numberId, accountId);
        }
    }

    /// <summary>Keeps the account of a number whose token Meta let subscribe to it.</summary>
    public async Task KeepAsync(Guid clientId, Guid numberId, string accountId, string displayNumber, CancellationToken cancellationToken)
    {
        await databases.App.TransactAsync(
            clientId,
            transaction =>
            {
                transaction.Queue(Known(clientId, numberId, accountId, displayNumber));
                Jobs.Enqueue(transaction, Numbers.ConnectedJob, numberId, clock.GetUtcNow());
                return Task.FromResult(true);
            },
            cancellationToken);
        await numbers.KeepAccountAsync(clientId, numberId, accountId, cancellationToken);
    }

    /// <summary>The workspace's numbers under an account.</summary>
    public Task<IReadOnlyList<Guid>> NumbersAsync(WorkspaceTransaction transaction, string accountId) => transaction.RowsAsync(
        new Statement("SELECT number_id FROM channel.number_account WHERE client_id = $1 AND account_lookup = $2 ORDER BY number_id")
            .Uuid(transaction.ClientId).Bytes(LookupOf(accountId)),
        reader => reader.GetGuid(0));

    /// <summary>The workspaces that a change of an account concerns.</summary>
    /// <param name="appId">The app that signed.</param>
    /// <param name="accountId">Meta's id of the account.</param>
    /// <param name="displayNumber">The number it names; null where it is about the account or its templates.</param>
    /// <param name="cancellationToken">Honoured.</param>
    public async Task<IReadOnlyList<Guid>> WorkspacesAsync(Guid appId, string accountId, string? displayNumber, CancellationToken cancellationToken)
    {
        byte[] account = LookupOf(accountId);
        byte[]? display = displayNumber is null ? null : Lookup(DisplayPurpose, Digits(displayNumber));
        List<Guid> concerned = [];
        while (concerned.Count < MostConcerned)
        {
            Guid? next = await databases.Router.RowAsync(
                new Statement("SELECT channel.workspace_of_account($1, $2, $3, $4)")
                    .Uuid(appId).Bytes(account).Bytes(display).Uuid(concerned.Count == 0 ? null : concerned[^1]),
                reader => reader.ValueOrNull<Guid>(0),
                cancellationToken);
            if (next is not { } workspace)
            {
                break;
            }

            concerned.Add(workspace);
        }

        return concerned;
    }

    private Statement Known(Guid clientId, Guid numberId, string accountId, string displayNumber) => new Statement(Learn)
        .Uuid(clientId).Uuid(numberId).Bytes(LookupOf(accountId)).Bytes(Lookup(DisplayPurpose, Digits(displayNumber))).Time(clock.GetUtcNow());

    /// <summary>An account's id as it is compared.</summary>
    public byte[] LookupOf(string accountId) => Lookup(AccountPurpose, accountId);

    private byte[] Lookup(string purpose, string value) => custodian.InstallationLookup(purpose, Encoding.UTF8.GetBytes(value));

    private static string Digits(string number) => string.Concat(number.Where(char.IsAsciiDigit));
}
