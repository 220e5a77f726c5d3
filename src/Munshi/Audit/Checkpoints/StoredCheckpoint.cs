using System.Text;
using Munshi.Database;
using Munshi.Ledger;
using Munshi.Ledger.Heads;
using Munshi.Ledger.Merkle;
using Munshi.Ledger.Notes;
using Npgsql;

namespace Munshi.Audit.Checkpoints;

/// <summary>A log's checkpoint as it stands in the database now, whatever was done to it.</summary>
internal sealed record StoredCheckpoint(long Size, byte[] Root, string Note, long Tick, int Place, byte[] Salt, byte[] Path, byte[]? Frontier)
{
    /// <summary>Columns: size, root, note, tick, place, salt, path, frontier.</summary>
    public static StoredCheckpoint Read(NpgsqlDataReader reader) => new(
        reader.GetInt64(0),
        reader.GetFieldValue<byte[]>(1),
        reader.GetString(2),
        reader.GetInt64(3),
        reader.GetInt32(4),
        reader.GetFieldValue<byte[]>(5),
        reader.GetFieldValue<byte[]>(6),
        reader.OrNull<byte[]>(7));

    public SignedFrontier Edge => new(Size, Root, Frontier);

    /// <summary>Why a note is not exactly this checkpoint under this key's signature; null where it is.</summary>
    public static string? Fault(string note, string origin, long size, Digest root, VerifierKey key)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(note);
        if (SignedNote.Parse(bytes) is not SignedNoteParse.Parsed { Note: { } signed })
        {
            return "not a signed note";
        }

        if (!signed.Text.Span.SequenceEqual(new Checkpoint(origin, size, root).Encode()))
        {
            return "a note of another checkpoint";
        }

        return signed.Verify([key]) is NoteVerification.Refused refused ? refused.Reason : null;
    }

    /// <summary>Whether the tick's heads commit to it.</summary>
    /// <param name="origin">The log's.</param>
    /// <param name="root">Its tree's root at this size.</param>
    /// <param name="heads">What the tick names.</param>
    public bool Opens(string origin, Digest root, Digest heads)
    {
        if (Path.Length % Digest.Length != 0)
        {
            return false;
        }

        Digest[] path = [.. Path.Chunk(Digest.Length).Select(hash => new Digest(hash))];
        Digest commitment = new CommittedHead(origin, Size, root).Commit(Salt);
        return HeadsTree.Verify(commitment, Place, path, heads) is ProofVerdict.Valid;
    }
}
