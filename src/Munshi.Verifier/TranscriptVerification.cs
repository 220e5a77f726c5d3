using System.Globalization;
using System.Text;
using Munshi.Ledger;
using Munshi.Ledger.Merkle;
using Munshi.Ledger.Notes;
using Munshi.Ledger.Transcripts;

namespace Munshi.Verifier;

/// <summary>One run over a conversation's transcript: the seal over the whole file, each message's place in the ledger, and that what is shown is what was recorded. Memory: one message.</summary>
internal sealed class TranscriptVerification(VerifyOptions options)
{
    private const string PreEnd = "</pre>";

    private readonly Findings _findings = new();
    private readonly string _file = Path.GetFileName(options.Directory);
    private Checkpoint? _checkpoint;
    private long _messages;
    private long _proved;
    private long _wordless;
    private (DateTimeOffset At, string Id) _before = (DateTimeOffset.MinValue, "");

    public TranscriptReport Run()
    {
        using TranscriptFile? file = TranscriptFile.Open(options.Directory);
        VerifierKey? key = null;
        if (file is null)
        {
            _findings.Add(_file, null, FindingKind.Form, "a transcript that ends with its seal", "none: it was cut off, or is something else");
        }
        else
        {
            key = Check(file);
        }

        return new TranscriptReport
        {
            Log = file?.Seal.Log,
            Conversation = file?.Seal.Conversation,
            At = file?.Seal.At,
            Messages = _messages,
            Proved = _proved,
            Wordless = _wordless,
            Entries = _checkpoint?.Size ?? 0,
            Key = key?.ToString(),
            KeyIsGiven = options.Policy is not null,
            Findings = _findings.InOrder(),
            FindingCount = _findings.Count,
        };
    }

    private VerifierKey? Check(TranscriptFile file)
    {
        string? policy = null;
        string? checkpoint = null;
        VerifierKey? key = null;
        while (file.ReadLine() is { } line)
        {
            if (line == "<pre id=\"policy\">")
            {
                policy = ReadPre(file);
            }
            else if (line == "<pre id=\"checkpoint\">" && checkpoint is null)
            {
                checkpoint = ReadPre(file);
                key = Trust(file.Seal.Log, policy ?? "", checkpoint);
            }
            else if (TranscriptArticle.Begin(line) is { } article)
            {
                Read(file, article);
            }
        }

        Judge(file, key);
        return key;
    }

    /// <summary>Whose key signed the checkpoint; null, and a finding, where it is nobody's who is trusted.</summary>
    private VerifierKey? Trust(Guid log, string own, string text)
    {
        byte[] policy = options.Policy is { } given ? File.ReadAllBytes(given) : Encoding.UTF8.GetBytes(own);
        if (TrustPolicy.Parse(policy) is not TrustPolicyParse.Parsed { Policy: { } trusted })
        {
            _findings.Add(_file, null, FindingKind.Form, "a tlog-policy", "another content");
            return null;
        }

        if (SignedNote.Parse(Encoding.UTF8.GetBytes(text)) is not SignedNoteParse.Parsed { Note: { } note }
            || Checkpoint.Parse(note.Text.Span) is not CheckpointParse.Parsed { Checkpoint: { } checkpoint }
            || SignedLog.Split(checkpoint.Origin) is not (var workspace, var instance)
            || workspace != log)
        {
            _findings.Add(_file, null, FindingKind.Form, $"a checkpoint of the log {log}", "another content");
            return null;
        }

        _checkpoint = checkpoint;
        PolicyLog? named = trusted.Logs.FirstOrDefault(one => one.Key.Name == checkpoint.Origin) ?? trusted.Logs.FirstOrDefault(one => one.Key.Name == instance);
        VerifierKey? key = named is null ? null : new VerifierKey(checkpoint.Origin, NoteKeyType.Ed25519, named.Key.PublicKey.Span);
        if (key is null || note.Verify([key]) is not NoteVerification.Verified)
        {
            _findings.Add(_file, null, FindingKind.Signature, $"a signature by a log of the policy named {checkpoint.Origin} or {instance}", "none that holds");
        }

        if (trusted.Quorum != TrustPolicy.NoQuorum)
        {
            _findings.Add(_file, null, FindingKind.Quorum, trusted.Quorum, "no cosignatures: a transcript has none, an export of the ledger has them");
        }

        return key;
    }

    private void Judge(TranscriptFile file, VerifierKey? key)
    {
        if (_checkpoint is null)
        {
            _findings.Add(_file, null, FindingKind.Form, "a checkpoint", "none");
        }

        Digest hash = file.Hash();
        if (file.Seal.Hash != hash || file.Seal.Bytes != file.Length)
        {
            _findings.Add(_file, null, FindingKind.Seal, $"{file.Seal.Bytes} bytes with the SHA-256 {file.Seal.Hash}", $"{file.Length} with {hash}");
        }

        if (key is null || file.Note.Verify([key]) is not NoteVerification.Verified)
        {
            _findings.Add(_file, null, FindingKind.Signature, "the seal signed by the log's key", "no signature that holds");
        }

        if (file.Seal.Messages != _messages)
        {
            _findings.Add(_file, null, FindingKind.Seal, Number(file.Seal.Messages) + " messages", Number(_messages));
        }
    }

    private void Read(TranscriptFile file, TranscriptArticle article)
    {
        _messages++;
        string? line;
        while ((line = file.ReadLine()) is not null and not "</article>")
        {
            article.Take(line);
        }

        if (line is null || article.IsDouble)
        {
            _findings.Add(_file, article.Seq, FindingKind.Form, $"message:{article.Id} once, with an end", "another content");
        }

        if (article.Seq is { } seq)
        {
            Prove(file.Seal.Conversation, seq, article);
        }
        else if (article.Leaf is not null || article.Record is not null)
        {
            _findings.Add(_file, null, FindingKind.Form, $"the entry's number of message:{article.Id}", "none");
        }
    }

    private void Prove(Guid conversation, long seq, TranscriptArticle article)
    {
        _proved++;
        if (article.Leaf is null || LedgerLeaf.Parse(article.Leaf) is not LeafParse.Parsed { Leaf: { } leaf } || article.Path is null || article.Record is null || _checkpoint is null)
        {
            _findings.Add(_file, seq, FindingKind.Form, "a leaf, its path and its record under a checkpoint", "another content");
            return;
        }

        if (leaf.Seq != seq || SignedLog.Split(_checkpoint.Origin)?.Log != leaf.Log)
        {
            _findings.Add(_file, seq, FindingKind.Seq, $"entry {Number(seq)} of the checkpoint's log", $"entry {Number(leaf.Seq)} of {leaf.Log}");
        }

        if (InclusionProof.Verify((ulong)seq, (ulong)_checkpoint.Size, LedgerLeaf.RowHash(article.Leaf), article.Path, _checkpoint.Root) is ProofVerdict.Invalid invalid)
        {
            _findings.Add(_file, seq, FindingKind.Inclusion, "a path from the leaf to the signed root", invalid.Reason);
        }

        if (leaf.Target != $"message:{article.Id}")
        {
            _findings.Add(_file, seq, FindingKind.Object, leaf.Target, $"message:{article.Id}");
        }

        Compare(conversation, seq, leaf, article);
    }

    private void Compare(Guid conversation, long seq, LedgerLeaf leaf, TranscriptArticle article)
    {
        byte[] line = article.Record!;
        if (RecordLine.SeqOf(line) != seq || !RecordLine.TryParse(line, new byte[line.Length], out RecordLine record))
        {
            _findings.Add(_file, seq, FindingKind.Form, "a record in canonical form", "another content");
            return;
        }

        if (!record.Target.SequenceEqual(Encoding.UTF8.GetBytes(leaf.Target)))
        {
            _findings.Add(_file, seq, FindingKind.Object, leaf.Target, "another object");
        }

        if (record.CiphertextHash != leaf.CiphertextHash)
        {
            _findings.Add(_file, seq, FindingKind.Ciphertext, $"{leaf.CiphertextHash}", $"{record.CiphertextHash}");
        }

        if (record.Commitment is { } commitment)
        {
            if (commitment != leaf.Commitment)
            {
                _findings.Add(_file, seq, FindingKind.Commitment, $"{leaf.Commitment}", $"{commitment}");
            }

            CompareShown(conversation, seq, article, line);
        }
        else
        {
            _wordless++;
            if (article.Text is not null)
            {
                _findings.Add(_file, seq, FindingKind.Shown, "no words: the record is not there", "some");
            }
        }
    }

    /// <summary>Whether a reader sees what was recorded, in the conversation and at the place where it stands.</summary>
    private void CompareShown(Guid conversation, long seq, TranscriptArticle article, byte[] line)
    {
        int start = line.AsSpan().IndexOf("\"record\":\""u8) + "\"record\":\"".Length;
        int length = line.AsSpan(start).IndexOf((byte)'"');
        if (!CanonicalBase64.TryDecode(line.AsSpan(start, length), out byte[]? bytes)
            || RecordFields.Parse(bytes) is not { } fields
            || !LedgerTime.TryParse(Encoding.UTF8.GetBytes(fields["at"] ?? ""), out DateTimeOffset at))
        {
            _findings.Add(_file, seq, FindingKind.Form, "a message's record", "another content");
            return;
        }

        string? text = fields["text"] is { Length: > 0 } words ? TranscriptText.Encode(words) : null;
        string times = $"#{Number(_messages)} · {TranscriptText.Times(at)}";
        if (article.Text != text || article.Times != times || article.Direction != fields["direction"])
        {
            _findings.Add(_file, seq, FindingKind.Shown, "words, time and direction as recorded", "others");
        }

        if (fields["conversation"] != conversation.ToString())
        {
            _findings.Add(_file, seq, FindingKind.Shown, $"a message of the conversation {conversation}", "one of another");
        }

        (DateTimeOffset At, string Id) place = (at, article.Id.ToString());
        if (place.At < _before.At || (place.At == _before.At && string.CompareOrdinal(place.Id, _before.Id) <= 0))
        {
            _findings.Add(_file, seq, FindingKind.Shown, "a message later than those before it", "one that stands elsewhere, or twice");
        }

        _before = place;
    }

    private static string ReadPre(TranscriptFile file)
    {
        StringBuilder text = new();
        while (file.ReadLine() is { } line && line != PreEnd && text.Length < SignedNote.MaxLength)
        {
            text.Append(line).Append('\n');
        }

        return text.ToString();
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
