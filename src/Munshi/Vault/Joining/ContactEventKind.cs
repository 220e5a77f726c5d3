namespace Munshi.Vault.Joining;

/// <summary>What became of two contacts, or of one.</summary>
public enum ContactEventKind
{
    /// <summary>Two became one.</summary>
    Merged,

    /// <summary>One became two.</summary>
    Split,
}

internal static class ContactEventKinds
{
    public static string Name(this ContactEventKind kind) => kind is ContactEventKind.Merged ? "merged" : "split";

    public static ContactEventKind Of(string name) => name == "merged" ? ContactEventKind.Merged : ContactEventKind.Split;
}
