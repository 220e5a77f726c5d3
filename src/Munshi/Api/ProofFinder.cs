using Munshi.Audit.Pages;
using Munshi.Audit.Proving;
using Munshi.Vault;

namespace Munshi.Api;

/// <summary>Finds proofs in a workspace's log, and says why there is none.</summary>
internal sealed class ProofFinder(ProofReader proofs, LedgerLog log, MessagePlaces messages)
{
    /// <param name="clientId">The workspace.</param>
    /// <param name="seq">As the caller wrote it.</param>
    /// <param name="cancellationToken">Honoured between statements.</param>
    public async Task<ProofFinding> OfEntryAsync(Guid clientId, string seq, CancellationToken cancellationToken) =>
        ApiNumber.Read(seq, 0, long.MaxValue) is not { } number ? new ProofFinding.BadInput(nameof(seq), ApiNumber.Entry)
            : await ProveAsync(clientId, number, cancellationToken) is { } finding ? finding
            : await IsThereAsync(clientId, number, cancellationToken) ? new ProofFinding.NotSigned()
            : new ProofFinding.NotThere("entry");

    /// <summary>Of the entry that holds what the message was committed to.</summary>
    /// <param name="clientId">The workspace.</param>
    /// <param name="id">As the caller wrote it.</param>
    /// <param name="cancellationToken">Honoured between statements.</param>
    public async Task<ProofFinding> OfMessageAsync(Guid clientId, string id, CancellationToken cancellationToken)
    {
        if (!Guid.TryParseExact(id, "D", out Guid message))
        {
            return new ProofFinding.BadInput(nameof(id), "the id of a message, 32 hexadecimal digits in five groups parted by hyphens");
        }

        if (await proofs.FindAsync(clientId, message, cancellationToken) is { } seq)
        {
            return await ProveAsync(clientId, seq, cancellationToken) ?? new ProofFinding.Damaged(); // places are written with the checkpoint that covers them
        }

        return await messages.ConversationOfAsync(clientId, message, cancellationToken) is not null ? new ProofFinding.NotSigned()
            : new ProofFinding.NotThere("message");
    }

    /// <summary>Null where there is no such entry, and where no checkpoint covers it.</summary>
    private async Task<ProofFinding?> ProveAsync(Guid clientId, long seq, CancellationToken cancellationToken)
    {
        try
        {
            return await proofs.ProveAsync(clientId, seq, cancellationToken) is { } proof ? new ProofFinding.Found(proof) : null;
        }
        catch (InvalidDataException)
        {
            return new ProofFinding.Damaged();
        }
    }

    private async Task<bool> IsThereAsync(Guid clientId, long seq, CancellationToken cancellationToken) =>
        seq < long.MaxValue && await log.BelowAsync(clientId, seq + 1, 1, cancellationToken) is [{ } row] && row.Seq == seq;
}
