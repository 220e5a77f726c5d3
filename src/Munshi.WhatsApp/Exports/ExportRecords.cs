using System.Buffers;

namespace Munshi.WhatsApp.Exports;

/// <summary>The second walk over a file: joins lines to records, as slices of one buffer. Not safe for concurrent use.</summary>
public sealed class ExportRecords : IDisposable
{
    private readonly LineReader _lines;
    private readonly Survey _survey;
    private readonly HeaderShape _shape;
    private readonly DateOrder _order;
    private readonly SenderReader _senders;
    private readonly ProblemLog _problems;
    private readonly HeaderPattern _headers = new();
    private readonly ArrayBufferWriter<byte> _preamble = new();
    private State _state;
    private (DateTime At, int Length, bool HasFile) _next;
    private DateTime _before;

    private long _line;
    private long _offset;
    private DateTime _at;
    private string? _from;
    private int _bodyStart;
    private bool _hasFile;
    private bool _isRest;

    internal ExportRecords(LineReader lines, Survey survey, DateOrder order, SenderReader senders, ProblemLog problems)
    {
        (_lines, _survey, _order, _senders, _problems) = (lines, survey, order, senders, problems);
        _shape = survey.Evidence.Shape;
    }

    private enum State
    {
        BeforeFirst,
        AtMessage,
        AtRest,
        Ended,
    }

    /// <summary>The record; only after <see cref="MoveNext"/> gave true.</summary>
    public ExportRecord Current
    {
        get
        {
            ReadOnlySpan<byte> raw = _lines.Kept;
            return new ExportRecord
            {
                Line = _line,
                Offset = _offset,
                At = _at,
                From = _from,
                Raw = raw,
                Body = WithoutEnd(raw)[_bodyStart..],
                IsRest = _isRest,
                IsCut = _state is State.Ended && !raw.EndsWith("\n"u8),
                HasFile = _hasFile,
            };
        }
    }

    /// <summary>What stands before the first message, at most <see cref="ChatExport.MaxMessageBytes"/> of it.</summary>
    public ReadOnlySpan<byte> Preamble => _preamble.WrittenSpan;

    /// <summary>False at the end.</summary>
    public bool MoveNext()
    {
        if (_state is State.BeforeFirst && !FindFirst())
        {
            return End(found: false);
        }

        if (_state is State.Ended)
        {
            return false;
        }

        Begin();
        while (_lines.Next())
        {
            if (!_lines.IsPiece && IsMessage())
            {
                return Found(State.AtMessage);
            }

            if (_lines.Kept.Length + _lines.Length > ChatExport.MaxMessageBytes)
            {
                _problems.Add(ExportProblemKind.MessageSplit, _lines.Number);
                return Found(State.AtRest);
            }
        }

        return End(found: true);
    }

    public void Dispose() => _lines.Dispose();

    private static ReadOnlySpan<byte> WithoutEnd(ReadOnlySpan<byte> lines) =>
        lines.EndsWith("\r\n"u8) ? lines[..^2] : lines.EndsWith("\n"u8) ? lines[..^1] : lines;

    private bool FindFirst()
    {
        while (_lines.Next())
        {
            if (!_lines.IsPiece && IsMessage())
            {
                _state = State.AtMessage;
                return true;
            }

            _problems.Add(ExportProblemKind.TextBeforeFirstMessage, _lines.Number);
            _lines.Keep();
            if (_preamble.WrittenCount + _lines.Length <= ChatExport.MaxMessageBytes)
            {
                _preamble.Write(_lines.KeptWithCurrent);
            }
        }

        return false;
    }

    /// <summary>The current line becomes the first of a record.</summary>
    private void Begin()
    {
        _lines.Keep();
        (_line, _offset) = (_lines.Number, _lines.Offset);
        _isRest = _state is State.AtRest;
        _bodyStart = 0;
        if (!_isRest)
        {
            (_at, _bodyStart, _hasFile) = _next;
        }
    }

    private bool Found(State next)
    {
        _state = next;
        Finish();
        return true;
    }

    private bool End(bool found)
    {
        _state = State.Ended;
        if (_lines.IsDamaged)
        {
            _problems.Add(ExportProblemKind.Damaged, _lines.Number);
        }
        else if (found && _lines.End is LineEnd.None && _lines.Number > 1)
        {
            _problems.Add(ExportProblemKind.EndsWithoutLineBreak, _lines.Number);
        }

        if (found)
        {
            Finish();
        }

        return found;
    }

    /// <summary>What can only be told of a whole record.</summary>
    private void Finish()
    {
        if (!_isRest)
        {
            (_from, int text) = _senders.Read(WithoutEnd(_lines.Kept)[_bodyStart..], _line);
            _bodyStart += text;
        }
    }

    private bool IsMessage()
    {
        if (!_headers.TryRead(_lines.Current, out Header header) || header.Shape != _shape)
        {
            return false;
        }

        if (header.At(_order) is not { } at)
        {
            _problems.Add(ExportProblemKind.ImpossibleDate, _lines.Number);
            return false;
        }

        bool isPasted = _survey.Pasted.Hold(_lines.Number) || (_lines.Before is LineEnd.Lf && _survey.Ends.IsPasted(_lines, at <= _at));
        if (isPasted && _state is not State.BeforeFirst)
        {
            _problems.Add(ExportProblemKind.PastedMessage, _lines.Number);
            return false;
        }

        Note(header, at);
        _next = (at, header.Length, header.MarkedBefore);
        return true;
    }

    private void Note(in Header header, DateTime at)
    {
        if (header.Period == DayPeriod.Unknown && _survey.Evidence.IsTwelveHour)
        {
            _problems.Add(ExportProblemKind.UnknownDayPeriod, _lines.Number);
        }

        if (_before - at > TimeSpan.FromDays(1))
        {
            _problems.Add(ExportProblemKind.TimeRunsBack, _lines.Number);
        }

        _before = at;
    }
}
