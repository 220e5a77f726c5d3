namespace Munshi.Database.Cluster;

/// <summary>The operating-system user that PostgreSQL runs as: <c>postgres</c> under root, which it refuses, else ourselves.</summary>
/// <param name="Name">As <c>peer</c> authentication sees it.</param>
/// <param name="UserId">Numeric, for the file system.</param>
/// <param name="GroupId">Used only when files are handed over.</param>
/// <param name="IsSwitched">We are root, so files must be handed over and programs started as the user.</param>
internal sealed record ServerAccount(string Name, uint UserId, uint GroupId, bool IsSwitched)
{
    private const string UserFile = "/etc/passwd";
    private const uint Root = 0;

    /// <summary><see langword="null"/> under root on a machine without the user <c>postgres</c>.</summary>
    public static ServerAccount? Find() => NativeFile.EffectiveUser == Root
        ? Entries()
            .Where(entry => entry is ["postgres", _, _, _, ..])
            .Select(entry => new ServerAccount("postgres", uint.Parse(entry[2], null), uint.Parse(entry[3], null), true))
            .FirstOrDefault()
        : new ServerAccount(Environment.UserName, NativeFile.EffectiveUser, GroupId: 0, IsSwitched: false);

    /// <summary>The user's name for a sentence; its number when it has none here.</summary>
    public static string NameOf(uint userId) =>
        Entries().FirstOrDefault(entry => entry is [_, _, string id, ..] && id == $"{userId}") is [string name, ..]
            ? name
            : $"number {userId}";

    private static IEnumerable<string[]> Entries() => File.ReadLines(UserFile).Select(line => line.Split(':'));
}
