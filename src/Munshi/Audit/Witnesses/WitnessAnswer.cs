using System.Net;
using Munshi.Ledger.Notes;

namespace Munshi.Audit.Witnesses;

/// <summary>What a witness answered to one request.</summary>
internal abstract record WitnessAnswer
{
    private WitnessAnswer()
    {
    }

    /// <param name="Line">Its own, over the note that was sent; it holds.</param>
    public sealed record Cosigned(NoteSignature Line) : WitnessAnswer;

    /// <param name="Size">What it says that it cosigned last.</param>
    public sealed record Holds(long Size) : WitnessAnswer;

    /// <summary>It does not accept the proof.</summary>
    public sealed record Inconsistent : WitnessAnswer;

    /// <param name="Reason">Continues "the witness …".</param>
    public sealed record Useless(string Reason) : WitnessAnswer;

    /// <summary>Any answer: lines of unknown keys are passed over, and what is not as C2SP tlog-witness has it is useless.</summary>
    public static WitnessAnswer Read(HttpStatusCode status, string? contentType, ReadOnlySpan<byte> body, SignedNote note, VerifierKey key) => status switch
    {
        HttpStatusCode.OK => ReadLines(body, note, key),
        HttpStatusCode.Conflict when contentType == AddCheckpointResponse.SizeContentType && AddCheckpointResponse.TryParseSize(body, out long size) => new Holds(size),
        HttpStatusCode.UnprocessableEntity => new Inconsistent(),
        HttpStatusCode.NotFound => new Useless("does not know this installation's log"),
        _ => new Useless($"answered with status {(int)status}"),
    };

    private static WitnessAnswer ReadLines(ReadOnlySpan<byte> body, SignedNote note, VerifierKey key)
    {
        if (AddCheckpointResponse.Parse(body) is not CosignatureLinesParse.Parsed { Lines: { } lines })
        {
            return new Useless("answered with what is no cosignature");
        }

        NoteSignature? own = lines.FirstOrDefault(line => line.Name == key.Name && line.KeyId == key.KeyId);
        if (own is null)
        {
            return new Useless("did not sign with its key");
        }

        return Cosignature.Parse(own) is CosignatureParse.Parsed { Cosignature: { } cosignature } && cosignature.IsValid(key, note.Text.Span)
            ? new Cosigned(own)
            : new Useless("answered with a cosignature that does not hold");
    }
}
