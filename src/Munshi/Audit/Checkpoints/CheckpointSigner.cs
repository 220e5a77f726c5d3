using Munshi.Audit.Witnesses;
using Munshi.Database;
using Munshi.Database.Manifest;
using Npgsql;

namespace Munshi.Audit.Checkpoints;

/// <summary>Signs where the logs stand. Any number of processes may try; one at a time holds the lock. Not safe for concurrent use.</summary>
internal sealed class CheckpointSigner(
    Databases databases,
    DatabaseGate gate,
    DataDirectory data,
    LedgerOptions options,
    InstanceCheckpointFile file,
    LeafJournal journal,
    CheckpointState state,
    WitnessLinks witnesses,
    TimeProvider clock) : IAsyncDisposable
{
    private const string ReadIdentity = "SELECT origin, vkey FROM ledger.identity ORDER BY generation DESC LIMIT 1";
    private const string InsertIdentity = "INSERT INTO ledger.identity (origin, vkey) VALUES ($1, $2)";

    private LedgerIdentity? _identity;
    private CheckpointSession? _session;
    private bool _isConfirmed;

    /// <summary>Signs once, if there is something to sign or it is time; after a start, and whenever it takes the lock, only once the witnesses confirm what was signed last.</summary>
    /// <param name="idle">How long nothing need be signed while no log grows.</param>
    /// <param name="cancellationToken">Honoured until the tick is stored.</param>
    /// <exception cref="NpgsqlException">The database could not be reached. Nothing is lost.</exception>
    /// <exception cref="IOException">The checkpoint or the leaves could not be kept outside the database. Nothing was published.</exception>
    public async Task<TickOutcome> TickAsync(TimeSpan idle, CancellationToken cancellationToken)
    {
        try
        {
            if (!gate.CarriesPromises)
            {
                return new TickOutcome.NotLeading();
            }

            if (state.WitnessRefusal is { } evidence)
            {
                await DisposeAsync();
                return new TickOutcome.Refused(evidence);
            }

            _session ??= await OpenAsync(cancellationToken);
            if (_session is null)
            {
                state.Refusal = null; // what stopped this process is for the one that signs to find
                return new TickOutcome.NotLeading();
            }

            _isConfirmed = _isConfirmed || await witnesses.ConfirmAsync(await _session.PublishedAsync(cancellationToken), cancellationToken);
            if (!_isConfirmed)
            {
                return new TickOutcome.Waiting(state.Waiting ?? "waiting for witnesses");
            }

            TickOutcome outcome = await _session.TickAsync(idle, cancellationToken);
            state.Refusal = null;
            if (outcome is TickOutcome.Published published)
            {
                witnesses.Offer(PublishedNote.Of(published.Note));
            }

            return outcome;
        }
        catch (SigningRefusedException refusal)
        {
            state.Refusal = refusal.Message;
            await DisposeAsync();
            return new TickOutcome.Refused(refusal.Message);
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    /// <summary>Gives up the lock; another process may take it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_session is { } session)
        {
            _session = null;
            _isConfirmed = false;
            await session.DisposeAsync();
        }

        journal.Dispose();
        _identity?.Dispose();
        _identity = null;
    }

    private async Task<CheckpointSession?> OpenAsync(CancellationToken cancellationToken)
    {
        _identity ??= await IdentifyAsync(cancellationToken);
        return await CheckpointSession.TryOpenAsync(databases.Audit, _identity, file, journal, clock, cancellationToken);
    }

    /// <remarks>The key is made before it is named in the database, so that what is named there was always somewhere.</remarks>
    private async Task<LedgerIdentity> IdentifyAsync(CancellationToken cancellationToken)
    {
        (string Origin, string Key) named = await databases.Audit.RowAsync(
            new Statement(ReadIdentity), reader => (reader.GetString(0), reader.GetString(1)), cancellationToken);
        if (named.Origin is null)
        {
            LedgerIdentity made = LedgerIdentity.Exists(data.Secrets) ? LedgerIdentity.Load(data.Secrets) : LedgerIdentity.Create(data.Secrets, options.Origin);
            await databases.Audit.ExecuteAsync([new Statement(InsertIdentity).Text(made.Origin).Text(made.VerifierKey.ToString())], cancellationToken);
            return made;
        }

        LedgerIdentity identity = LedgerIdentity.Load(data.Secrets);
        if (LedgerIdentity.GenerationOf(identity.Origin, named.Origin) > 1)
        {
            using LedgerIdentity first = identity;
            identity = first.Named(named.Origin);
        }

        return identity.VerifierKey.ToString() == named.Key
            ? identity
            : throw new SigningRefusedException("secrets/ledger-signing.key is not the key whose checkpoints stand in the database");
    }
}
