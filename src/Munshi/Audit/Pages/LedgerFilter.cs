using System.Globalization;
using Munshi.Ledger;
using Munshi.Web;

namespace Munshi.Audit.Pages;

/// <summary>Which entries the list shows; null stands for all.</summary>
/// <param name="Group">What they are about.</param>
/// <param name="Actor">Who acted.</param>
/// <param name="Day">When it happened, in the reader's zone.</param>
public sealed record LedgerFilter(ActionGroup? Group, ActorKind? Actor, DateOnly? Day)
{
    private const string DayForm = "yyyy-MM-dd";

    public bool IsAll => this is { Group: null, Actor: null, Day: null };

    /// <summary>The filter of an address; what it does not know stands for all.</summary>
    public static LedgerFilter Of(IQueryCollection query) => new(
        Named<ActionGroup>(query["group"]),
        Named<ActorKind>(query["actor"]),
        DateOnly.TryParseExact(query["day"], DayForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day) ? day : null);

    public static string Write(DateOnly day) => day.ToString(DayForm, CultureInfo.InvariantCulture);

    public static ActorKind KindOf(string actor) => actor.Split(':')[0] switch
    {
        "person" => ActorKind.Person,
        "customer" => ActorKind.Customer,
        _ => ActorKind.Program,
    };

    public bool Takes(LedgerLeaf leaf, TimeText times) =>
        (Group is null || ActionGroups.Of(leaf.Action) == Group)
        && (Actor is null || KindOf(leaf.Actor) == Actor)
        && (Day is null || times.DayOf(leaf.Time) == Day);

    private static T? Named<T>(string? name)
        where T : struct, Enum
    {
        foreach (T value in Enum.GetValues<T>())
        {
            if (string.Equals(value.ToString(), name, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        return null;
    }
}
