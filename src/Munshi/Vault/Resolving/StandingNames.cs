using System.Diagnostics;

namespace Munshi.Vault.Resolving;

/// <summary>How standings and their changes are written in the database and in addresses.</summary>
internal static class StandingNames
{
    public static string Name(this Standing standing) => standing switch
    {
        Standing.Open => "open",
        Standing.Snoozed => "snoozed",
        Standing.Resolved => "resolved",
        _ => throw new UnreachableException(),
    };

    public static Standing OfStanding(string name) => name switch
    {
        "snoozed" => Standing.Snoozed,
        "resolved" => Standing.Resolved,
        _ => Standing.Open,
    };

    public static string Name(this StandingChange change) => change switch
    {
        StandingChange.Snoozed => "snoozed",
        StandingChange.Resolved => "resolved",
        StandingChange.Reopened => "reopened",
        StandingChange.Woken => "woken",
        _ => throw new UnreachableException(),
    };

    public static StandingChange OfChange(string name) => name switch
    {
        "snoozed" => StandingChange.Snoozed,
        "resolved" => StandingChange.Resolved,
        "woken" => StandingChange.Woken,
        _ => StandingChange.Reopened,
    };
}
