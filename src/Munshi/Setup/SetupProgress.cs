using Munshi.Audit;
using Munshi.Channels;
using Munshi.Database;
using Munshi.Intake;
using Munshi.Keyring;
using Munshi.Knowledge;
using Munshi.Workspaces;

namespace Munshi.Setup;

/// <summary>Reads how far a workspace's set-up has come, and keeps what its owner said on the way.</summary>
internal sealed class SetupProgress(
    WorkspaceDatabase database, WorkspaceKeys keys, MetaApps apps, Numbers numbers, Callbacks callbacks, Arrivals arrivals, KnowledgeBase knowledge, TimeProvider clock)
{
    private const string AccountColumn = "setup.progress.waba_id_sealed";

    private const string Select =
        "SELECT public_address, waba_id_sealed IS NOT NULL, tested_at, test_outcome, test_code FROM setup.progress WHERE client_id = $1";

    private const string KeepAddress =
        "INSERT INTO setup.progress (client_id, public_address) VALUES ($1, $2) ON CONFLICT (client_id) DO UPDATE SET public_address = excluded.public_address";

    private const string KeepAccount =
        "INSERT INTO setup.progress (client_id, waba_id_sealed) VALUES ($1, $2) ON CONFLICT (client_id) DO UPDATE SET waba_id_sealed = excluded.waba_id_sealed";

    /// <summary>Until it is known what became of it, that is uncertain.</summary>
    private const string BeginTest =
        """
        INSERT INTO setup.progress AS p (client_id, tested_at, test_outcome) VALUES ($1, $2, 'uncertain')
        ON CONFLICT (client_id) DO UPDATE SET tested_at = excluded.tested_at, test_outcome = excluded.test_outcome, test_code = NULL
        WHERE p.tested_at IS NULL OR p.tested_at <= $3
        """;

    private const string KeepTest =
        """
        INSERT INTO setup.progress (client_id, tested_at, test_outcome, test_code) VALUES ($1, $2, $3, $4)
        ON CONFLICT (client_id) DO UPDATE SET tested_at = excluded.tested_at, test_outcome = excluded.test_outcome, test_code = excluded.test_code
        """;

    /// <summary>Between two test messages of a workspace.</summary>
    internal static readonly TimeSpan TestPause = TimeSpan.FromMinutes(1);

    public async Task<SetupState> ReadAsync(Guid clientId, CancellationToken cancellationToken)
    {
        (string? Address, bool Account, TestResult? Test) said = await database.RowAsync(
            clientId,
            new Statement(Select).Uuid(clientId),
            reader => (
                reader.OrNull<string>(0),
                reader.GetBoolean(1),
                reader.ValueOrNull<DateTimeOffset>(2) is { } at ? new TestResult(at, reader.GetString(3), reader.ValueOrNull<int>(4)) : null),
            cancellationToken);
        IReadOnlyList<(Guid NumberId, Guid AppId)> connected = await numbers.ListAsync(clientId, cancellationToken);
        Guid? numberId = connected.Count == 0 ? null : connected[^1].NumberId;
        IReadOnlyList<Guid> registered = await apps.ListAsync(clientId, cancellationToken);
        Guid? appId = registered.Count == 0 ? null : registered[^1];
        return new SetupState
        {
            AppId = appId,
            VerifyToken = appId is { } app ? await apps.VerifyTokenAsync(clientId, app, cancellationToken) : null,
            PublicAddress = said.Address,
            Callback = appId is { } ofApp ? await callbacks.StateAsync(clientId, ofApp, cancellationToken) : new CallbackState(),
            NumberId = numberId,
            DisplayNumber = numberId is { } number ? await numbers.DisplayNumberAsync(clientId, number, cancellationToken) : null,
            KnowsAccount = said.Account,
            ArrivedAt = await arrivals.LastMessageAsync(clientId, cancellationToken),
            Test = said.Test,
            Entries = (await knowledge.CurrentAsync(clientId, cancellationToken)).Entries.Count,
        };
    }

    /// <param name="clientId">The workspace.</param>
    /// <param name="address">From <see cref="PublicAddress.Read"/>.</param>
    /// <param name="actor">Who says so.</param>
    /// <param name="cancellationToken">Honoured until the commit.</param>
    public Task KeepAddressAsync(Guid clientId, string address, Actor actor, CancellationToken cancellationToken) => database.ExecuteAsync(
        clientId,
        [new Statement(KeepAddress).Uuid(clientId).Text(address), Audited(clientId, actor, "setup.address-kept")],
        cancellationToken);

    /// <summary>Keeps Meta's id of the business account, sealed.</summary>
    public async Task KeepAccountAsync(Guid clientId, string wabaId, Actor actor, CancellationToken cancellationToken)
    {
        byte[] account = await keys.SealAsync(new SealContext(clientId, clientId, AccountColumn), wabaId, cancellationToken);
        await database.ExecuteAsync(
            clientId, [new Statement(KeepAccount).Uuid(clientId).Bytes(account), Audited(clientId, actor, "setup.account-subscribed")], cancellationToken);
    }

    /// <summary>Takes the turn for a test message; false when the last one was less than <see cref="TestPause"/> ago. Of two at once, one gets it.</summary>
    public async Task<bool> BeginTestAsync(Guid clientId, CancellationToken cancellationToken)
    {
        DateTimeOffset now = clock.GetUtcNow();
        return await database.TransactAsync(
            clientId,
            async transaction => await transaction.ExecuteAsync(new Statement(BeginTest).Uuid(clientId).Time(now).Time(now - TestPause)) == 1,
            cancellationToken);
    }

    public Task KeepTestAsync(Guid clientId, string outcome, int? code, Actor actor, CancellationToken cancellationToken) => database.ExecuteAsync(
        clientId,
        [new Statement(KeepTest).Uuid(clientId).Time(clock.GetUtcNow()).Text(outcome).Int(code), Audited(clientId, actor, "setup.test-sent")],
        cancellationToken);

    private Statement Audited(Guid clientId, Actor actor, string action) =>
        AuditTrail.Statement(clientId, new AuditEvent(actor, action, "workspace", clientId, clock.GetUtcNow()));
}
