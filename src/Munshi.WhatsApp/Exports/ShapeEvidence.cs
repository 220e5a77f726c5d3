namespace Munshi.WhatsApp.Exports;

/// <summary>What a whole file tells of one layout: how often it occurs, and in which order its dates are.</summary>
internal sealed class ShapeEvidence(HeaderShape shape)
{
    /// <summary>Where both places hold numbers above 12, so many times more in one settle it: the few are pasted or edited lines.</summary>
    private const int Outweighs = 10;

    private readonly OrderTrial _dayFirst = new(DateOrder.DayMonthYear);
    private readonly OrderTrial _monthFirst = new(DateOrder.MonthDayYear);
    private long _firstAbove12;
    private long _secondAbove12;
    private bool _differ;
    private bool _padded;
    private bool _capitals;
    private int _firstChanges;
    private int _secondChanges;
    private int _lastFirst;
    private int _lastSecond;
    private bool _hoursAre24;

    public HeaderShape Shape { get; } = shape;

    public long Count { get; private set; }

    /// <summary>How many of its lines follow a CRLF.</summary>
    public long AfterCrLf { get; private set; }

    /// <summary>How many of its lines follow a bare LF.</summary>
    public long AfterLf { get; private set; }

    /// <summary>Whether the app begins its own words with a mark of direction, as iOS does.</summary>
    public bool AppMarksItsWords { get; private set; }

    /// <summary>Whether the hours stand beside words, and none is beyond 12.</summary>
    public bool IsTwelveHour => Shape.TwelveHour && !_hoursAre24;

    public NameCensus Names { get; } = new();

    public OmittedCensus Omitted { get; } = new();

    /// <summary>Whether both places hold numbers above 12.</summary>
    public bool Contradicts => !Shape.SettlesOrder && _firstAbove12 > 0 && _secondAbove12 > 0;

    /// <param name="header">Of this layout.</param>
    /// <param name="lines">At its line.</param>
    public void Add(in Header header, LineReader lines)
    {
        Count++;
        AfterCrLf += lines.Before is LineEnd.CrLf ? 1 : 0;
        AfterLf += lines.Before is LineEnd.Lf ? 1 : 0;
        _padded |= header.Padded;
        _hoursAre24 |= header.Hour is 0 or > 12;
        ReadOnlySpan<byte> body = lines.Current[header.Length..];
        AddBody(body);
        if (!Shape.SettlesOrder)
        {
            AddDate(header, body);
        }
    }

    private void AddBody(ReadOnlySpan<byte> body)
    {
        bool marked = Marks.BeginsAsTheAppDoes(body);
        if (marked && Shape.IsApple)
        {
            return;
        }

        int end = Names.Add(body);
        if (end >= 0)
        {
            ReadOnlySpan<byte> text = body[Math.Min(end + 2, body.Length)..];
            AppMarksItsWords |= Shape.IsApple && Marks.BeginsAsTheAppDoes(text);
            Omitted.Add(body[..end], text);
        }
    }

    private void AddDate(in Header header, ReadOnlySpan<byte> body)
    {
        _capitals |= header.CapitalPeriod;
        _firstAbove12 += header.First > 12 ? 1 : 0;
        _secondAbove12 += header.Second > 12 ? 1 : 0;
        _differ |= header.First != header.Second;
        _firstChanges += Count > 1 && header.First != _lastFirst ? 1 : 0;
        _secondChanges += Count > 1 && header.Second != _lastSecond ? 1 : 0;
        (_lastFirst, _lastSecond) = (header.First, header.Second);
        if (_firstAbove12 == 0 && _secondAbove12 == 0)
        {
            _dayFirst.Add(header, body);
            _monthFirst.Add(header, body);
        }
    }

    /// <param name="latest">No message is newer than this day.</param>
    public (DateOrder Order, DateOrderGround Ground) Judge(DateOnly latest)
    {
        if (Shape.SettlesOrder)
        {
            return (Shape.YearFirst ? DateOrder.YearMonthDay : DateOrder.DayMonthYear, DateOrderGround.Certain);
        }

        if (_firstAbove12 > 0 != _secondAbove12 > 0)
        {
            return (Better(_firstAbove12 > 0), DateOrderGround.Certain);
        }

        if (Contradicts && Math.Max(_firstAbove12, _secondAbove12) >= Math.Min(_firstAbove12, _secondAbove12) * Outweighs)
        {
            return (Better(_firstAbove12 > _secondAbove12), DateOrderGround.Inferred);
        }

        if (!_differ)
        {
            return (DateOrder.DayMonthYear, DateOrderGround.Certain); // 5/5: both readings are one
        }

        if (Infer(latest) is { } order)
        {
            return (order, DateOrderGround.Inferred);
        }

        // Month-first locales write no leading zeros; nor capitals do day-first ones without them.
        return _padded ? (DateOrder.DayMonthYear, DateOrderGround.Leaning)
            : (_capitals ? DateOrder.MonthDayYear : DateOrder.DayMonthYear, DateOrderGround.Guessed);
    }

    private DateOrder? Infer(DateOnly latest)
    {
        bool dayFirst = _dayFirst.IsPossible(latest);
        bool monthFirst = _monthFirst.IsPossible(latest);
        return dayFirst != monthFirst ? Better(dayFirst)
            : _dayFirst.NamedDays != _monthFirst.NamedDays ? Better(_dayFirst.NamedDays > _monthFirst.NamedDays)
            : _dayFirst.BackSteps != _monthFirst.BackSteps ? Better(_dayFirst.BackSteps < _monthFirst.BackSteps)
            : _firstChanges != _secondChanges ? Better(_firstChanges > _secondChanges)
            : null;
    }

    private static DateOrder Better(bool dayFirst) => dayFirst ? DateOrder.DayMonthYear : DateOrder.MonthDayYear;
}
