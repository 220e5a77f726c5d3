using System.Security.Cryptography;
using System.Text;
using Munshi.Audit.Checkpoints;
using Munshi.Database;
using Munshi.Ledger;
using Munshi.Ledger.Merkle;
using Munshi.Ledger.Notes;

namespace Munshi.Audit.Witnesses;

/// <summary>One witness, and what is known of where it stands. Safe for concurrent use; one request at a time is under way.</summary>
internal sealed class WitnessLink(ConfiguredWitness witness, HttpClient http, InstallationDatabase database, TimeProvider clock) : IDisposable
{
    /// <summary>How long a witness may take to answer.</summary>
    public static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(5);

    private const int MostAttempts = 3;
    private const string InsertLine = "INSERT INTO ledger.cosignature (size, witness, line) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly TaskCompletionSource _heard = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _size;

    public string Name => witness.Key.Name;

    /// <summary>The largest checkpoint that it is known here to have cosigned, and when its answer came; null before the first.</summary>
    public CosignedTick? Last { get; private set; }

    /// <summary>Completes once it was asked and what it showed is taken note of, or its time was over.</summary>
    public Task Heard => _heard.Task;

    /// <summary>Whether its last answer was a cosignature.</summary>
    public bool IsAnswering { get; private set; }

    /// <summary>Hands it a checkpoint, with the proof from where it stands, which is learned from it.</summary>
    /// <param name="published">What is stored now continues it.</param>
    /// <param name="cancellationToken">Honoured until its line is stored.</param>
    /// <exception cref="SigningRefusedException">Nodes that the proof is made of are missing.</exception>
    /// <exception cref="Npgsql.NpgsqlException">The database could not be reached.</exception>
    public async Task<SubmitOutcome> SubmitAsync(PublishedNote published, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            SubmitOutcome outcome = await AgreeAsync(published, cancellationToken);
            IsAnswering = outcome is SubmitOutcome.Cosigned;
            return outcome;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>The checkpoint that it shows as cosigned last, if the log's key signed it: what it then says cannot be its invention.</summary>
    public async Task<Checkpoint?> ShownAsync(VerifierKey log, CancellationToken cancellationToken)
    {
        string name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(log.Name)));
        using HttpRequestMessage request = new(HttpMethod.Get, new Uri(witness.Address, $"{name}/checkpoint"));
        (HttpResponseMessage? response, _) = await SendAsync(request, cancellationToken);
        using (response)
        {
            return response is { IsSuccessStatusCode: true }
                && SignedNote.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken)) is SignedNoteParse.Parsed { Note: { } note }
                && note.Verify([log]) is NoteVerification.Verified
                && Checkpoint.Parse(note.Text.Span) is CheckpointParse.Parsed { Checkpoint: { } checkpoint }
                && checkpoint.Origin == log.Name
                ? checkpoint
                : null;
        }
    }

    /// <summary>To be called once what came of asking it is taken note of.</summary>
    public void EndHearing() => _heard.TrySetResult();

    public void Dispose() => _turn.Dispose();

    private async Task<SubmitOutcome> AgreeAsync(PublishedNote published, CancellationToken cancellationToken)
    {
        long size = published.Checkpoint.Size;
        long old = Math.Min(_size, size);
        for (int attempt = 0; attempt < MostAttempts; attempt++)
        {
            AddCheckpointRequest request = new(old, await ProofAsync(old, size, cancellationToken), published.Note);
            switch (await AskAsync(request, cancellationToken))
            {
                case WitnessAnswer.Cosigned cosigned:
                    await KeepAsync(size, cosigned.Line, cancellationToken);
                    return new SubmitOutcome.Cosigned();
                case WitnessAnswer.Holds holds when holds.Size == old:
                    return old == size ? new SubmitOutcome.OtherHistory(size) : new SubmitOutcome.NotCosigned("contradicts itself on what it cosigned last");
                case WitnessAnswer.Holds holds:
                    _size = holds.Size;
                    if (holds.Size > size)
                    {
                        return new SubmitOutcome.Ahead(holds.Size);
                    }

                    old = holds.Size;
                    break;
                case WitnessAnswer.Inconsistent:
                    return old > 0 ? new SubmitOutcome.OtherHistory(old) : new SubmitOutcome.NotCosigned("refuses a first checkpoint, which needs no proof");
                case WitnessAnswer.Useless useless:
                    return new SubmitOutcome.NotCosigned(useless.Reason);
                default:
                    throw new System.Diagnostics.UnreachableException();
            }
        }

        return new SubmitOutcome.NotCosigned("says another size each time");
    }

    private async Task<Digest[]> ProofAsync(long old, long size, CancellationToken cancellationToken) =>
        await new TreeRows(database, null).ProveAsync(ProofPlan.Consistency((ulong)old, (ulong)size), SignedFrontier.Unknown(size), cancellationToken)
        ?? throw new SigningRefusedException($"instance log: ticks or nodes below its published size {size} are missing");

    private async Task<WitnessAnswer> AskAsync(AddCheckpointRequest body, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, new Uri(witness.Address, "add-checkpoint")) { Content = new ByteArrayContent(body.Encode()) };
        (HttpResponseMessage? response, string? failure) = await SendAsync(request, cancellationToken);
        using (response)
        {
            return response is null
                ? new WitnessAnswer.Useless(failure!)
                : WitnessAnswer.Read(
                    response.StatusCode, response.Content.Headers.ContentType?.ToString(), await response.Content.ReadAsByteArrayAsync(cancellationToken), body.Note, witness.Key);
        }
    }

    /// <summary>The whole answer, or why there is none.</summary>
    private async Task<(HttpResponseMessage? Response, string? Failure)> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using CancellationTokenSource patience = new(AnswerTime, clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            return (await http.SendAsync(request, either.Token), null);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, $"did not answer within {AnswerTime.TotalSeconds:0} s");
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            return (null, "cannot be reached, or answers with too much");
        }
    }

    private async Task KeepAsync(long size, NoteSignature line, CancellationToken cancellationToken)
    {
        if (size > 0)
        {
            await database.ExecuteAsync([new Statement(InsertLine).Long(size).Text(Name).Text(line.ToString())], cancellationToken);
        }

        _size = size;
        if (Last is null || Last.Size <= size)
        {
            Last = new CosignedTick(size, clock.GetUtcNow());
        }
    }
}
