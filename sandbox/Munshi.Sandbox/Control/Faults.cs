using System.Text.Json;
using Munshi.Sandbox.Graph;
using Munshi.Sandbox.Webhooks;

namespace Munshi.Sandbox.Control;

/// <summary>The faults switched on: always, or for the next so many calls; and the numbers. Safe for concurrent use.</summary>
internal sealed class Faults
{
    private const int Always = -1;
    private const int MaxDelayMs = 60_000;
    private const int MaxBatchSize = 1_000; // Meta's own limit

    private static readonly Dictionary<string, Fault> ByName =
        Enum.GetValues<Fault>().ToDictionary(fault => JsonNamingPolicy.CamelCase.ConvertName(fault.ToString()));

    private static readonly Dictionary<string, FaultNumber> NumberByName =
        Enum.GetValues<FaultNumber>().ToDictionary(number => JsonNamingPolicy.CamelCase.ConvertName(number.ToString()));

    private readonly Lock _gate = new();
    private readonly Dictionary<Fault, int> _remaining = [];
    private readonly Dictionary<FaultNumber, int> _numbers = [];
    private int _lossDebt; // percent points not yet lost

    public static IEnumerable<string> Names => [.. ByName.Keys, .. NumberByName.Keys];

    public static bool IsNumber(string name) => NumberByName.ContainsKey(name);

    /// <summary>The least and the greatest value of a number other than <see cref="FaultNumber.FailedCode"/>.</summary>
    public static (int Min, int Max) LimitsOf(string name) => LimitsOf(NumberByName[name]);

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

    /// <summary>Whether this status is lost, by count or by share.</summary>
    public bool TakeStatusLoss()
    {
        if (Take(Fault.StatusLoss))
        {
            return true;
        }

        lock (_gate)
        {
            const int whole = 100;
            _lossDebt += NumberOf(FaultNumber.StatusLossPercent);
            if (_lossDebt < whole)
            {
                return false;
            }

            _lossDebt -= whole;
            return true;
        }
    }

    /// <summary>Whether the next <see cref="Take"/> would meet the fault.</summary>
    public bool IsOn(Fault fault)
    {
        lock (_gate)
        {
            return _remaining.GetValueOrDefault(fault) != 0;
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

    public int Number(FaultNumber number)
    {
        lock (_gate)
        {
            return NumberOf(number);
        }
    }

    /// <summary>Everything off, every number as at the start.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _remaining.Clear();
            _numbers.Clear();
            _lossDebt = 0;
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
        Dictionary<FaultNumber, int> numbers = [];
        foreach (JsonProperty flag in flags.EnumerateObject())
        {
            if (NumberByName.TryGetValue(flag.Name, out FaultNumber number))
            {
                if (flag.Value.ValueKind != JsonValueKind.Number || !flag.Value.TryGetInt32(out int value) || WrongNumber(flag.Name, number, value) is not null)
                {
                    return WrongNumber(flag.Name, number, int.MinValue);
                }

                numbers[number] = value;
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

            foreach ((FaultNumber number, int value) in numbers)
            {
                _numbers[number] = value;
            }
        }

        return null;
    }

    /// <summary>Every fault with <c>true</c>, <c>false</c> or the calls left, and every number.</summary>
    public IReadOnlyDictionary<string, object> Show()
    {
        lock (_gate)
        {
            Dictionary<string, object> shown = [];
            foreach ((string name, Fault fault) in ByName)
            {
                shown[name] = _remaining.GetValueOrDefault(fault) switch { 0 => false, Always => true, int count => count };
            }

            foreach ((string name, FaultNumber number) in NumberByName)
            {
                shown[name] = NumberOf(number);
            }

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

    private static string? WrongNumber(string name, FaultNumber number, int value)
    {
        if (number == FaultNumber.FailedCode)
        {
            return FailedStatus.Codes.Contains(value) ? null : $"{name} must be one of {string.Join(", ", FailedStatus.Codes)}.";
        }

        if (number == FaultNumber.RefusedCode)
        {
            return GraphError.Codes.Contains(value) ? null : $"{name} must be one of {string.Join(", ", GraphError.Codes)}.";
        }

        (int min, int max) = LimitsOf(number);
        return value >= min && value <= max ? null : $"{name} must be a whole number from {min} to {max}.";
    }

    private static (int Min, int Max) LimitsOf(FaultNumber number) => number switch
    {
        FaultNumber.StatusLossPercent => (0, 100),
        FaultNumber.BatchSize => (1, MaxBatchSize),
        FaultNumber.RetryAfterSeconds => (0, 3600),
        _ => (0, MaxDelayMs),
    };

    private int NumberOf(FaultNumber number) => _numbers.TryGetValue(number, out int value) ? value : number switch
    {
        FaultNumber.BatchSize => 1,
        FaultNumber.FailedCode => FailedStatus.DefaultCode,
        FaultNumber.RefusedCode => GraphError.DefaultCode,
        _ => 0,
    };
}
