using System.Globalization;

namespace Munshi.Intake.Deliveries;

/// <summary>Which updates the list shows; null stands for all.</summary>
/// <param name="State">What has become of them.</param>
/// <param name="Kind">What they tell of, in the provider reader's word.</param>
/// <param name="Day">When they came, in the reader's zone.</param>
public sealed record UpdateFilter(UpdateState? State, string? Kind, DateOnly? Day)
{
    private const string DayForm = "yyyy-MM-dd";
    private const int FirstYear = 1970;
    private const int LastYear = 2199;

    /// <summary>Every word that stands in <c>intake.update.kind</c>.</summary>
    public static IReadOnlyList<string> Kinds { get; } =
    [
        "message", "status", "error", "echo", "history", "history_chunk", "app_state", "user_preference", "account", "template", "number", "standby", "unknown",
    ];

    public bool IsAll => this is { State: null, Kind: null, Day: null };

    /// <summary>The filter of an address; what it does not know stands for all.</summary>
    public static UpdateFilter Of(IQueryCollection query) => new(
        Enum.GetValues<UpdateState>().Cast<UpdateState?>().FirstOrDefault(state => Write(state!.Value) == query["state"]),
        Kinds.FirstOrDefault(kind => kind == query["kind"]),
        DateOnly.TryParseExact(query["day"], DayForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day) && day.Year is >= FirstYear and <= LastYear ? day : null);

    public static string Write(DateOnly day) => day.ToString(DayForm, CultureInfo.InvariantCulture);

    public static string Write(UpdateState state) => state switch
    {
        UpdateState.Waiting => "waiting",
        UpdateState.Stored => "stored",
        UpdateState.Duplicate => "duplicate",
        UpdateState.GivenUp => "given-up",
        _ => "failed",
    };
}
