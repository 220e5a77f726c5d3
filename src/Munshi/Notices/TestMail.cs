namespace Munshi.Notices;

/// <summary>The mail an owner asks for to see that mail arrives. It passes quiet hours, and goes once a minute at most.</summary>
internal static class TestMail
{
    public const string Kind = "test";

    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    public static Notice To(Guid personId) => new()
    {
        Severity = NoticeSeverity.Info,
        Kind = Kind,
        Subject = personId,
        DedupKey = $"{Guid.NewGuid()}",
        Person = personId,
        FoldWithin = Pause,
    };
}
