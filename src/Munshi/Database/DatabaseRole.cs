namespace Munshi.Database;

/// <summary>The roles the product logs in with; each has its own secret and its own data source.</summary>
internal enum DatabaseRole
{
    /// <summary>Inserts sealed deliveries, nothing else.</summary>
    Intake,

    /// <summary>Reads sealed deliveries and sorts each update to its workspace, nothing else.</summary>
    Sorter,

    /// <summary>Works inside one workspace, under row-level security.</summary>
    App,

    /// <summary>Executes the look-ups that answer with a workspace's id, nothing else.</summary>
    Router,

    /// <summary>Claims jobs of every workspace without seeing what they are about.</summary>
    Dispatch,

    /// <summary>Reads audit events and appends to the ledger.</summary>
    Audit,

    /// <summary>Reads ledger and vault across workspaces, for verification.</summary>
    Reader,
}

internal static class DatabaseRoleNames
{
    /// <summary>Owns every object; cannot log in.</summary>
    public const string Owner = "munshi_owner";

    public static string Name(this DatabaseRole role) => role switch
    {
        DatabaseRole.Intake => "munshi_intake",
        DatabaseRole.Sorter => "munshi_sorter",
        DatabaseRole.App => "munshi_app",
        DatabaseRole.Router => "munshi_router",
        DatabaseRole.Dispatch => "munshi_dispatch",
        DatabaseRole.Audit => "munshi_audit",
        DatabaseRole.Reader => "munshi_reader",
        _ => throw new ArgumentOutOfRangeException(nameof(role)),
    };
}
