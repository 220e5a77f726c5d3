using System.Text;

namespace Munshi.WhatsApp.Exports;

/// <summary>One order of dates, tried over a file of which none is certain.</summary>
internal sealed class OrderTrial(DateOrder order)
{
    /// <summary>Late messages stand a little behind.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromDays(2);

    private const int MaxName = 255;

    private DateTime _newest;
    private DateTime _last;
    private bool _impossible;

    /// <summary>How often time runs back by more than two days.</summary>
    public int BackSteps { get; private set; }

    /// <summary>How many names of files tell the day that this order reads.</summary>
    public int NamedDays { get; private set; }

    public void Add(in Header header, ReadOnlySpan<byte> body)
    {
        if (header.At(order) is not { } at)
        {
            _impossible = true;
            return;
        }

        BackSteps += _last - at > Late ? 1 : 0;
        (_last, _newest) = (at, at > _newest ? at : _newest);
        if (NamesDay(body, DateOnly.FromDateTime(at)))
        {
            NamedDays++;
        }
    }

    public bool IsPossible(DateOnly latest) => !_impossible && DateOnly.FromDateTime(_newest) <= latest;

    private static bool NamesDay(ReadOnlySpan<byte> body, DateOnly day)
    {
        int end = body.IndexOf("-WA"u8);
        if (end >= 12)
        {
            return Tells(body[(end - 12)..], day);
        }

        int tag = body.IndexOf("<attached: "u8);
        return tag >= 0 && Tells(body[(tag + 11)..], day);
    }

    private static bool Tells(ReadOnlySpan<byte> name, DateOnly day)
    {
        Span<char> characters = stackalloc char[MaxName];
        int length = Encoding.ASCII.GetChars(name[..Math.Min(name.Length, MaxName)], characters);
        return MediaNames.TryDay(characters[..length], out DateOnly told) && told == day;
    }
}
