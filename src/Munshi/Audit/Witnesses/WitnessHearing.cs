using System.Text;
using Munshi.Audit.Checkpoints;
using Munshi.Database;
using Munshi.Ledger.Notes;

namespace Munshi.Audit.Witnesses;

/// <summary>
/// After a start every witness is asked before anything is read, sent or chained: only webhooks are kept meanwhile. One that does not answer in
/// <see cref="WitnessLink.AnswerTime"/> is not waited for any longer.
/// </summary>
/// <remarks>Does not need the signing lock: each process that serves asks for itself.</remarks>
internal sealed partial class WitnessHearing(
    Databases databases, DataDirectory data, WitnessLinks links, CheckpointState state, TimeProvider clock, ILogger<WitnessHearing> logger) : BackgroundService
{
    private const string ReadPublished = "SELECT note FROM ledger.instance_checkpoint ORDER BY size DESC LIMIT 1";
    private const string ReadOrigin = "SELECT origin FROM ledger.identity ORDER BY generation DESC LIMIT 1";

    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MostAfterFailure = TimeSpan.FromSeconds(30);

    /// <summary>Holds the gate back from here on; to be called before it is looked at.</summary>
    public void Begin() => state.AwaitsWitnesses = links.All.Count > 0;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        TimeSpan wait = AfterFailure;
        while (state.AwaitsWitnesses && !stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await PublishedAsync(stoppingToken) is { } published)
                {
                    await Task.WhenAll(links.All.Select(link => HearAsync(link, published, stoppingToken)));
                }

                state.AwaitsWitnesses = false;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (SigningRefusedException) when (state.Refusal is not null)
            {
                state.AwaitsWitnesses = false; // the refusal holds the gate
            }
            catch (Exception failure)
            {
                Log.NotAsked(logger, failure.GetType().Name);
                await Task.Delay(wait, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                wait = wait * 2 < MostAfterFailure ? wait * 2 : MostAfterFailure;
            }
        }
    }

    /// <remarks>The signer asks too: whichever hears it first. What is answered later still counts.</remarks>
    private async Task HearAsync(WitnessLink link, PublishedNote published, CancellationToken cancellationToken) =>
        await await Task.WhenAny(link.Heard, links.SubmitAsync(link, published, cancellationToken), Task.Delay(WitnessLink.AnswerTime, clock, cancellationToken));

    /// <summary>What was published last, or the empty tree signed; null where no key has signed anything yet that a witness could know.</summary>
    private async Task<PublishedNote?> PublishedAsync(CancellationToken cancellationToken)
    {
        if (await databases.Reader.RowAsync(new Statement(ReadPublished), reader => reader.GetString(0), cancellationToken) is { } note)
        {
            return PublishedNote.Of(Encoding.UTF8.GetBytes(note));
        }

        if (!LedgerIdentity.Exists(data.Secrets))
        {
            return null;
        }

        using LedgerIdentity identity = LedgerIdentity.Load(data.Secrets);
        string origin = await databases.Reader.RowAsync(new Statement(ReadOrigin), reader => reader.GetString(0), cancellationToken) ?? identity.Origin;
        return PublishedNote.Of(identity.Sign(origin, 0, Checkpoint.EmptyRoot));
    }

    private static partial class Log
    {
        [LoggerMessage(17014, LogLevel.Warning, "The witnesses could not be asked yet, and nothing is sent before: {Failure}")]
        public static partial void NotAsked(ILogger logger, string failure);
    }
}
