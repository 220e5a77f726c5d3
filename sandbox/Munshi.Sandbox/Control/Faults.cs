using System.Text.Json;

namespace Munshi.Sandbox.Control;

/// <summary>The faults switched on: always, or for the next so many calls. Safe for concurrent use.</summary>
internal sealed class Faults
{
    private const string DelayName = "delayMs";
    private const int MaxDelayMs = 60_000;
    private const int Always = -1;

    private static readonly Dictionary<string, Fault> ByName =
        Enum.GetValues<Fault>().ToDictionary(fault => JsonNamingPolicy.CamelCase.ConvertName(fault.ToString()));

    private readonly Lock _gate = new();
    private readonly Dictionary<Fault, int> _remaining = [];
    private int _delayMs;

    /// <summary>How long each delivery is held back.</summary>
    public TimeSpan Delay => TimeSpan.FromMilliseconds(Volatile.Read(ref _delayMs));

    public static IEnumerable<string> Names => [.. ByName.Keys, DelayName];

    /// <summary>Whether this call meets the fault; uses up one of a count.</summary>
    public bool Take(Fault fault)
    {
        lock (_gate)
        {
            int remaining = _remaining.GetValueOrDefault(fault);
            if (remaining > 0)
            {
                _remaining[fault] = remaining - 1;
            }

            return remaining != 0;
        }
    }

    /// <summary>Whether the fault is on without a count.</summary>
    public bool IsAlways(Fault fault)
    {
        lock (_gate)
        {
            return _remaining.GetValueOrDefault(fault) == Always;
        }
    }

    /// <summary>Changes what <paramref name="flags"/> names, or nothing at all; the reason in that case, else null.</summary>
    public string? Change(JsonElement flags)
    {
        if (flags.ValueKind != JsonValueKind.Object)
        {
            return "The body must be a JSON object of faults.";
        }

        Dictionary<Fault, int> changed = [];
        int? delayMs = null;
        foreach (JsonProperty flag in flags.EnumerateObject())
        {
            if (flag.Name == DelayName)
            {
                if (flag.Value.ValueKind != JsonValueKind.Number || !flag.Value.TryGetInt32(out int delay) || delay is < 0 or > MaxDelayMs)
                {
                    return $"{DelayName} must be a whole number from 0 to {MaxDelayMs}.";
                }

                delayMs = delay;
            }
            else if (!ByName.TryGetValue(flag.Name, out Fault fault))
            {
                return $"There is no fault of that name; allowed are {string.Join(", ", Names)}.";
            }
            else if (CountOf(flag.Value) is { } count)
            {
                changed[fault] = count;
            }
            else
            {
                return $"{flag.Name} must be true, false or how many calls it lasts.";
            }
        }

        lock (_gate)
        {
            foreach ((Fault fault, int count) in changed)
            {
                _remaining[fault] = count;
            }

            _delayMs = delayMs ?? _delayMs;
        }

        return null;
    }

    /// <summary>Every fault with <c>true</c>, <c>false</c> or the calls left.</summary>
    public IReadOnlyDictionary<string, object> Show()
    {
        lock (_gate)
        {
            Dictionary<string, object> shown = [];
            foreach ((string name, Fault fault) in ByName)
            {
                shown[name] = _remaining.GetValueOrDefault(fault) switch { 0 => false, Always => true, int count => count };
            }

            shown[DelayName] = _delayMs;
            return shown;
        }
    }

    private static int? CountOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => Always,
        JsonValueKind.False => 0,
        JsonValueKind.Number when value.TryGetInt32(out int count) && count >= 0 => count,
        _ => null,
    };
}
