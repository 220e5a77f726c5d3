using Munshi.Audit;
using Munshi.Channels.Sending;
using Munshi.Database;
using Munshi.Notices;
using Munshi.WhatsApp.Sending;
using Npgsql;

namespace Munshi.Channels.Health;

/// <summary>Keeps how each number is. A token that no longer works, and one that works again, is an act of the ledger and told to the owners.</summary>
internal sealed class NumberHealths(WorkspaceDatabase database, NumberAccounts accounts, NumberPaces paces, TimeProvider clock)
{
    /// <summary>The kind of the notice about a token or number that Meta refuses.</summary>
    public const string RefusedNotice = "channel-refused";

    /// <summary>The kind of the notice that no webhook can come.</summary>
    public const string UnsubscribedNotice = "channel-unsubscribed";

    private const string Select =
        """
        SELECT n.id, h.answered_at, h.asked_at, h.refused_code, h.refused_since, h.token_expires_at, h.quality, h.messaging_limit, h.throughput,
            coalesce(h.account, 'open'), h.competitor, h.competitor_at, h.heard_at, h.longest_silence, h.subscribed
        FROM channel.number n
        LEFT JOIN channel.number_health h ON h.client_id = $1 AND h.number_id = n.id
        WHERE n.client_id = $1
        ORDER BY n.created_at, n.id
        """;

    /// <summary>Of two servers one asks.</summary>
    private const string Claim =
        """
        INSERT INTO channel.number_health AS h (client_id, number_id, asked_at)
        SELECT $1, n.id, $2 FROM channel.number n WHERE n.client_id = $1 ORDER BY n.id
        ON CONFLICT (client_id, number_id) DO UPDATE SET asked_at = excluded.asked_at WHERE coalesce(h.asked_at, '-infinity') <= $3
        RETURNING h.number_id, coalesce(h.inspected_at, '-infinity') <= $4, coalesce(h.subscription_asked_at, '-infinity') <= $5
        """;

    private const string KeepAnswer =
        """
        UPDATE channel.number_health SET answered_at = $3, refused_code = NULL, refused_since = NULL,
            quality = coalesce($4, quality), messaging_limit = coalesce($5, messaging_limit), throughput = coalesce($6, throughput)
        WHERE client_id = $1 AND number_id = $2
        """;

    private const string KeepRefusal =
        "UPDATE channel.number_health SET answered_at = $3, refused_code = $4, refused_since = coalesce(refused_since, $3) WHERE client_id = $1 AND number_id = $2";

    private const string KeepToken =
        "UPDATE channel.number_health SET inspected_at = $3, token_expires_at = $4 WHERE client_id = $1 AND number_id = $2";

    private const string SelectAccounts =
        """
        SELECT h.number_id, h.account = 'open' FROM channel.number_health h
        WHERE h.client_id = $1
            AND (h.number_id = $2 OR EXISTS (SELECT FROM channel.number_account a WHERE a.client_id = $1 AND a.number_id = h.number_id AND a.account_lookup = $3))
        ORDER BY h.number_id
        """;

    private const string KeepSubscription =
        "UPDATE channel.number_health SET subscribed = $3, subscription_asked_at = $4 WHERE client_id = $1 AND number_id = $2";

    /// <summary>What is known before a new answer is kept, the pace that the number keeps with it.</summary>
    private const string Before =
        """
        SELECT h.refused_code, p.per_second, h.answered_at FROM channel.number_health h
        LEFT JOIN channel.number_pace p ON p.client_id = $1 AND p.number_id = $2
        WHERE h.client_id = $1 AND h.number_id = $2
        FOR UPDATE OF h
        """;

    /// <summary>The row is made by whoever comes first; an older word changes nothing of a newer one.</summary>
    private const string KeepTold =
        """
        INSERT INTO channel.number_health AS h (client_id, number_id, account, account_since, messaging_limit, competitor, competitor_at)
        SELECT $1, n.id, coalesce($4, 'open'), CASE WHEN $4 IS NOT NULL THEN $7::timestamptz END, $5, $6, CASE WHEN $6 IS NOT NULL THEN $7::timestamptz END
        FROM channel.number n
        WHERE n.client_id = $1
            AND (n.id = $2 OR EXISTS (SELECT FROM channel.number_account a WHERE a.client_id = $1 AND a.number_id = n.id AND a.account_lookup = $3))
        ORDER BY n.id
        ON CONFLICT (client_id, number_id) DO UPDATE SET
            account = CASE WHEN $4 IS NOT NULL AND coalesce(h.account_since, '-infinity') <= $7 THEN $4 ELSE h.account END,
            account_since = CASE WHEN $4 IS NOT NULL AND coalesce(h.account_since, '-infinity') <= $7 THEN $7 ELSE h.account_since END,
            messaging_limit = coalesce($5, h.messaging_limit),
            competitor = CASE WHEN $6 = 'standby' THEN coalesce(h.competitor, $6) ELSE coalesce($6, h.competitor) END,
            competitor_at = CASE WHEN $6 IS NOT NULL THEN greatest(h.competitor_at, $7) ELSE h.competitor_at END
        """;

    /// <summary>The workspace's numbers, oldest first.</summary>
    public Task<IReadOnlyList<NumberHealth>> ListAsync(Guid clientId, CancellationToken cancellationToken) =>
        database.RowsAsync(clientId, new Statement(Select).Uuid(clientId), Read, cancellationToken);

    /// <summary>Takes those of a workspace's numbers that nobody asked about for a while.</summary>
    /// <returns>Each with whether its token is to be inspected too, and whether its account's subscription is to be looked at.</returns>
    public Task<IReadOnlyList<(Guid NumberId, bool Inspect, bool Subscription)>> ClaimAsync(
        Guid clientId, TimeSpan every, TimeSpan inspectEvery, TimeSpan subscriptionEvery, CancellationToken cancellationToken)
    {
        DateTimeOffset now = clock.GetMicrosecondNow();
        return database.RowsAsync(
            clientId,
            new Statement(Claim).Uuid(clientId).Time(now).Time(now - every).Time(now - inspectEvery).Time(now - subscriptionEvery),
            reader => (reader.GetGuid(0), reader.GetBoolean(1), reader.GetBoolean(2)),
            cancellationToken);
    }

    /// <summary>Keeps what Meta said of a number; nothing is known from one that cannot be reached.</summary>
    /// <param name="clientId">The workspace.</param>
    /// <param name="numberId">Its number.</param>
    /// <param name="outcome">What was said.</param>
    /// <param name="askedAt">When it was asked: it says nothing where another answer, good or bad, was kept since.</param>
    /// <param name="cancellationToken">Honoured until the commit.</param>
    public Task KeepAsync(Guid clientId, Guid numberId, AccountOutcome outcome, DateTimeOffset askedAt, CancellationToken cancellationToken) => outcome switch
    {
        AccountOutcome.Health or AccountOutcome.Refused => database.TransactAsync(clientId, async transaction =>
        {
            await KeepAsync(transaction, numberId, outcome, askedAt, clock.GetMicrosecondNow());
            return true;
        }, cancellationToken),
        AccountOutcome.Token token => database.ExecuteAsync(
            clientId, [new Statement(KeepToken).Uuid(clientId).Uuid(numberId).Time(clock.GetUtcNow()).Time(token.ExpiresAt)], cancellationToken),
        _ => Task.CompletedTask,
    };

    /// <summary>Keeps whether the account's webhooks go to the app. A subscription that is gone, and one that is back, is an act of the ledger and told to the owners.</summary>
    public Task KeepSubscriptionAsync(Guid clientId, Guid numberId, bool subscribed, CancellationToken cancellationToken) => database.TransactAsync(
        clientId,
        async transaction =>
        {
            DateTimeOffset now = clock.GetMicrosecondNow();
            bool before = await transaction.RowAsync(
                new Statement("SELECT coalesce(subscribed, true) FROM channel.number_health WHERE client_id = $1 AND number_id = $2 FOR UPDATE").Uuid(clientId).Uuid(numberId),
                reader => reader.GetBoolean(0));
            transaction.Queue(new Statement(KeepSubscription).Uuid(clientId).Uuid(numberId).Flag(subscribed).Time(now));
            if (before && !subscribed)
            {
                AuditTrail.Record(transaction, new AuditEvent(Actor.Sender, "number.unsubscribed", "number", numberId, now));
                NoticeBoard.Raise(
                    transaction, new Notice { Kind = UnsubscribedNotice, Severity = NoticeSeverity.Alert, Subject = numberId, DedupKey = $"{now:O}" }, now);
            }
            else if (!before && subscribed)
            {
                AuditTrail.Record(transaction, new AuditEvent(Actor.Sender, "number.subscribed", "number", numberId, now));
                NoticeBoard.Close(transaction, UnsubscribedNotice, numberId, now);
            }

            return true;
        },
        cancellationToken);

    /// <summary>What was told of an account holds for all numbers under it, what was told of a number for that one.</summary>
    public void Apply(WorkspaceTransaction transaction, ToldEvent told, string? accountId, Guid? numberId, DateTimeOffset at)
    {
        if (told is { Account: null, Limit: null, Competitor: null })
        {
            return;
        }

        transaction.Queue(new Statement(KeepTold).Uuid(transaction.ClientId).Uuid(numberId)
            .Bytes(numberId is null && accountId is not null ? accounts.LookupOf(accountId) : null)
            .Text(told.Account).Text(told.Limit).Text(told.Competitor).Time(at));
    }

    /// <summary>The numbers that a word about an account or a number concerns, each with whether its account is open by the newest word.</summary>
    public Task<IReadOnlyList<(Guid NumberId, bool IsOpen)>> AccountsAsync(WorkspaceTransaction transaction, string? accountId, Guid? numberId) => transaction.RowsAsync(
        new Statement(SelectAccounts).Uuid(transaction.ClientId).Uuid(numberId).Bytes(numberId is null && accountId is not null ? accounts.LookupOf(accountId) : null),
        reader => (reader.GetGuid(0), reader.GetBoolean(1)));

    private async Task KeepAsync(WorkspaceTransaction transaction, Guid numberId, AccountOutcome outcome, DateTimeOffset askedAt, DateTimeOffset now)
    {
        (int? before, int? pace, DateTimeOffset? answered) = await transaction.RowAsync(
            new Statement(Before).Uuid(transaction.ClientId).Uuid(numberId),
            reader => (reader.ValueOrNull<int>(0), reader.ValueOrNull<int>(1), reader.ValueOrNull<DateTimeOffset>(2)));
        if (answered > askedAt)
        {
            return;
        }

        if (outcome is AccountOutcome.Health health)
        {
            transaction.Queue(new Statement(KeepAnswer).Uuid(transaction.ClientId).Uuid(numberId).Time(now)
                .Text(health.Quality).Text(health.MessagingLimit).Text(health.Throughput));
            if (health.PerSecond is { } perSecond && perSecond != pace)
            {
                paces.Tell(transaction, numberId, perSecond);
            }

            if (before is not null)
            {
                AuditTrail.Record(transaction, new AuditEvent(Actor.Sender, "number.works-again", "number", numberId, now));
                NoticeBoard.Close(transaction, RefusedNotice, numberId, now);
            }
        }
        else if (outcome is AccountOutcome.Refused refused && IsLasting(refused))
        {
            transaction.Queue(new Statement(KeepRefusal).Uuid(transaction.ClientId).Uuid(numberId).Time(now).Int(refused.Code));
            if (before is null)
            {
                AuditTrail.Record(transaction, new AuditEvent(Actor.Sender, "number.refused", "number", numberId, now));
                NoticeBoard.Raise(
                    transaction,
                    new Notice
                    {
                        Kind = RefusedNotice,
                        Severity = NoticeSeverity.Alert,
                        Subject = numberId,
                        DedupKey = $"{now:O}",
                        Parameters = [refused.Code.ToString(System.Globalization.CultureInfo.InvariantCulture)],
                    },
                    now);
            }
        }
    }

    /// <summary>A limit or trouble at Meta passes; a token, permission or number that is refused does not by itself.</summary>
    private static bool IsLasting(AccountOutcome.Refused refused) => GraphErrorClass.Classify(refused.Code, refused.HttpStatus) is RetryClass.StopSender or RetryClass.Fail;

    private static NumberHealth Read(NpgsqlDataReader reader) => new()
    {
        NumberId = reader.GetGuid(0),
        AnsweredAt = reader.ValueOrNull<DateTimeOffset>(1),
        AskedAt = reader.ValueOrNull<DateTimeOffset>(2),
        RefusedCode = reader.ValueOrNull<int>(3),
        RefusedSince = reader.ValueOrNull<DateTimeOffset>(4),
        TokenExpiresAt = reader.ValueOrNull<DateTimeOffset>(5),
        Quality = reader.OrNull<string>(6),
        MessagingLimit = reader.OrNull<string>(7),
        Throughput = reader.OrNull<string>(8),
        Account = reader.GetString(9),
        Competitor = reader.OrNull<string>(10),
        CompetitorAt = reader.ValueOrNull<DateTimeOffset>(11),
        HeardAt = reader.ValueOrNull<DateTimeOffset>(12),
        LongestSilence = reader.ValueOrNull<TimeSpan>(13),
        IsSubscribed = reader.ValueOrNull<bool>(14),
    };
}
