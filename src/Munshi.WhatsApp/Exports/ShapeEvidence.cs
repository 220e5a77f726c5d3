namespace Munshi.WhatsApp.Exports;

/// <summary>What a whole file tells of one layout: how often it occurs, and in which order its dates are.</summary>
internal sealed class ShapeEvidence(HeaderShape shape)
{
    private readonly OrderTrial _dayFirst = new(DateOrder.DayMonthYear);
    private readonly OrderTrial _monthFirst = new(DateOrder.MonthDayYear);
    private bool _firstAbove12;
    private bool _secondAbove12;
    private bool _differ;
    private bool _padded;
    private bool _capitals;
    private int _firstChanges;
    private int _secondChanges;
    private Header _last;

    public HeaderShape Shape { get; } = shape;

    public long Count { get; private set; }

    /// <summary>Whether some text begins with the mark that iOS sets before its own words.</summary>
    public bool AppMarksItsWords { get; private set; }

    public NameCensus Names { get; } = new();

    /// <summary>Whether both places hold numbers above 12.</summary>
    public bool Contradicts => !Shape.SettlesOrder && _firstAbove12 && _secondAbove12;

    public void Add(in Header header, ReadOnlySpan<byte> body)
    {
        Count++;
        Names.Add(body, out bool marked);
        AppMarksItsWords |= marked;
        _padded |= header.Padded;
        if (Shape.SettlesOrder)
        {
            return;
        }

        _capitals |= header.CapitalPeriod;
        _firstAbove12 |= header.First > 12;
        _secondAbove12 |= header.Second > 12;
        _differ |= header.First != header.Second;
        _firstChanges += Count > 1 && header.First != _last.First ? 1 : 0;
        _secondChanges += Count > 1 && header.Second != _last.Second ? 1 : 0;
        _last = header;
        if (!_firstAbove12 && !_secondAbove12)
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

        if (_firstAbove12 != _secondAbove12)
        {
            return (_firstAbove12 ? DateOrder.DayMonthYear : DateOrder.MonthDayYear, DateOrderGround.Certain);
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
