using Munshi.Audit.Checkpoints;
using Munshi.Database;
using Munshi.Ledger.Notes;
using Npgsql;

namespace Munshi.Audit.Witnesses;

/// <summary>All configured witnesses. Safe for concurrent use.</summary>
internal sealed class WitnessLinks : IDisposable
{
    private const string ReadPublished = "SELECT coalesce(max(size), 0) FROM ledger.instance_checkpoint";
    private const string ReadKey = "SELECT vkey FROM ledger.identity ORDER BY generation DESC LIMIT 1";

    private readonly WitnessPolicy _policy;
    private readonly Databases _databases;
    private readonly CheckpointState _state;
    private volatile PublishedNote? _newest;

    public WitnessLinks(WitnessPolicy policy, WitnessHttp http, Databases databases, CheckpointState state, TimeProvider clock)
    {
        (_policy, _databases, _state) = (policy, databases, state);
        All = [.. policy.Witnesses.Select(witness => new WitnessLink(witness, http.Client, databases.Audit, clock))];
        Summarize();
    }

    public IReadOnlyList<WitnessLink> All { get; }

    /// <summary>The checkpoint that every witness should have cosigned by now; null where this process has published nothing.</summary>
    public PublishedNote? Newest => _newest;

    /// <summary>Says that a checkpoint was published; it is handed out by <see cref="CosignatureService"/>.</summary>
    public void Offer(PublishedNote published) => _newest = published;

    /// <summary>Hands every witness the checkpoint published last, at the same time, before anything new is signed.</summary>
    /// <returns>Whether the quorum has cosigned it: then they have seen nothing that is not here.</returns>
    /// <exception cref="SigningRefusedException">One of them has seen more, or something else.</exception>
    /// <exception cref="NpgsqlException">The database could not be reached.</exception>
    public async Task<bool> ConfirmAsync(PublishedNote published, CancellationToken cancellationToken)
    {
        if (published.Checkpoint.Size > 0)
        {
            Offer(published);
        }

        SubmitOutcome[] outcomes = await Task.WhenAll(All.Select(link => SubmitAsync(link, published, cancellationToken)));
        if (_state.WitnessRefusal is { } refusal)
        {
            throw new SigningRefusedException(refusal);
        }

        int cosigned = outcomes.Count(outcome => outcome is SubmitOutcome.Cosigned);
        bool isConfirmed = cosigned >= _policy.Quorum;
        _state.Waiting = isConfirmed ? null : $"waiting for {_policy.Quorum - cosigned} of {All.Count} witnesses";
        return isConfirmed;
    }

    /// <summary>Hands one witness a checkpoint. What shows that this log was rolled back or forked stops signing for good, with the witness named.</summary>
    /// <exception cref="NpgsqlException">The database could not be reached.</exception>
    public async Task<SubmitOutcome> SubmitAsync(WitnessLink link, PublishedNote published, CancellationToken cancellationToken)
    {
        SubmitOutcome outcome;
        try
        {
            outcome = await link.SubmitAsync(published, cancellationToken);
        }
        catch (SigningRefusedException refused)
        {
            _state.WitnessRefusal = refused.Message;
            throw;
        }

        if (await EvidenceAsync(link, outcome, cancellationToken) is { } evidence)
        {
            _state.WitnessRefusal = evidence;
        }

        link.EndHearing();
        Summarize();
        return outcome;
    }

    public void Dispose()
    {
        foreach (WitnessLink link in All)
        {
            link.Dispose();
        }
    }

    private async Task<string?> EvidenceAsync(WitnessLink link, SubmitOutcome outcome, CancellationToken cancellationToken)
    {
        switch (outcome)
        {
            case SubmitOutcome.Ahead ahead:
                long published = await _databases.Audit.RowAsync(new Statement(ReadPublished), reader => reader.GetInt64(0), cancellationToken);
                return ahead.Size <= published // another process has signed since
                    ? null
                    : $"witness {link.Name} says that it cosigned {ahead.Size} ticks, and {published} were published here: the database is older than its last checkpoint, "
                    + "or the witness lies; " + await ShownAsync(link, cancellationToken);
            case SubmitOutcome.OtherHistory other:
                return $"witness {link.Name} says that it cosigned another history than the one here, up to size {other.Size}; " + await ShownAsync(link, cancellationToken);
            default:
                return null;
        }
    }

    private async Task<string> ShownAsync(WitnessLink link, CancellationToken cancellationToken)
    {
        string? text = await _databases.Audit.RowAsync(new Statement(ReadKey), reader => reader.GetString(0), cancellationToken);
        return text is not null
            && VerifierKey.Parse(text) is VerifierKeyParse.Parsed { Key: { } log }
            && await link.ShownAsync(log, cancellationToken) is { } shown
            ? $"it shows a checkpoint of {shown.Size} ticks with root {shown.Root} that this installation's key signed"
            : "it shows no checkpoint that this installation's key signed";
    }

    private void Summarize()
    {
        CosignedTick[] cosigned = [.. All.Select(link => link.Last).OfType<CosignedTick>().OrderByDescending(last => last.Size)];
        _state.Witnesses = new WitnessSummary(
            All.Count, _policy.Quorum, All.Count(link => link.IsAnswering), _policy.IsMet(cosigned.Length) ? cosigned[_policy.Quorum - 1] : null);
    }
}
