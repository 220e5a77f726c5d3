using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Munshi.WhatsApp.Exports;

/// <summary>The second walk over a file: joins lines to records.</summary>
internal sealed class RecordReader(
    LineReader lines, HeaderShape shape, DateOrder order, SenderReader senders, BodyReader bodies, ProblemLog problems, bool keepRaw)
{
    private readonly ArrayBufferWriter<byte> _body = new(4096);
    private readonly ArrayBufferWriter<byte> _raw = new(4096);
    private bool _begun;
    private long _line;
    private DateTime _at;
    private string? _from;

    /// <summary>Whether this is the rest of a message that was too long.</summary>
    private bool _isRest;

    /// <summary>Null at the end.</summary>
    public ExportMessage? Next()
    {
        while (lines.Next())
        {
            if (!lines.IsPiece && TryBegin(out Header header, out DateTime at))
            {
                ExportMessage? before = _begun ? Finish() : null;
                (_begun, _line, _at, _isRest) = (true, lines.Number, at, false);
                Begin(header);
                if (before is not null)
                {
                    return before;
                }
            }
            else if (Continue() is { } part)
            {
                return part;
            }
        }

        if (lines.IsDamaged)
        {
            problems.Add(ExportProblemKind.Damaged, lines.Number);
        }

        bool last = _begun;
        _begun = false;
        return last ? Finish() : null;
    }

    private bool TryBegin(out Header header, out DateTime at)
    {
        at = default;
        if (!HeaderReader.TryRead(lines.Current, out header) || header.Shape != shape)
        {
            return false;
        }

        if (header.Period == DayPeriod.Unknown)
        {
            problems.Add(ExportProblemKind.UnknownDayPeriod, lines.Number);
        }

        if (header.At(order) is { } possible)
        {
            at = possible;
            return true;
        }

        problems.Add(ExportProblemKind.ImpossibleDate, lines.Number);
        return false;
    }

    private void Begin(in Header header)
    {
        ReadOnlySpan<byte> line = lines.Current;
        _body.Write(line[header.Length..]);
        if (keepRaw)
        {
            _raw.Write(line);
        }
    }

    /// <summary>A further line of the message; what came so far, when it became too long.</summary>
    private ExportMessage? Continue()
    {
        if (!_begun)
        {
            problems.Add(ExportProblemKind.TextBeforeFirstMessage, lines.Number);
            return null;
        }

        ExportMessage? part = null;
        if (_body.WrittenCount + lines.Current.Length >= ChatExport.MaxMessageBytes)
        {
            problems.Add(ExportProblemKind.MessageSplit, lines.Number);
            part = Finish();
            (_isRest, _line) = (true, lines.Number);
        }
        else if (!lines.IsPiece)
        {
            _body.Write("\n"u8);
            Raw("\n"u8);
        }

        _body.Write(lines.Current);
        Raw(lines.Current);
        return part;
    }

    private void Raw(ReadOnlySpan<byte> bytes)
    {
        if (keepRaw)
        {
            _raw.Write(bytes);
        }
    }

    private ExportMessage Finish()
    {
        ReadOnlySpan<byte> body = _body.WrittenSpan;
        if (!Utf8.IsValid(body))
        {
            problems.Add(ExportProblemKind.InvalidUtf8, _line);
        }

        int start = 0;
        if (!_isRest)
        {
            (_from, start) = senders.Read(body, _line);
        }

        string text = Encoding.UTF8.GetString(body[start..]);
        BodyContent content = _isRest ? new BodyContent(_from is null ? ExportKind.System : ExportKind.Text, text)
            : _from is null ? OfTheApp(text)
            : bodies.Read(text);
        ExportMessage message = new()
        {
            Line = _line,
            At = _at,
            From = _from,
            Kind = content.Kind,
            Text = content.Text,
            Attachment = content.Attachment,
            Media = content.Media,
            Edited = content.Edited,
            Raw = keepRaw ? _raw.WrittenSpan.ToArray() : null,
        };
        _body.ResetWrittenCount();
        _raw.ResetWrittenCount();
        return message;
    }

    /// <summary>A line without a sender; Android writes missed calls so.</summary>
    private static BodyContent OfTheApp(string text)
    {
        string plain = text.Length <= Phrases.MaxLength ? Marks.Plain(text) : Marks.WithoutDirections(text);
        return new BodyContent(Phrases.Find(PhraseUse.Call, plain) is null ? ExportKind.System : ExportKind.Call, plain);
    }
}
