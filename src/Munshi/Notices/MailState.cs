namespace Munshi.Notices;

/// <summary>Where the mail of a notice to one recipient stands.</summary>
public enum MailState
{
    Queued,

    /// <summary>Until quiet hours end.</summary>
    Held,

    /// <summary>It may be on its way now.</summary>
    Sending,

    Sent,
    Failed,

    /// <summary>The server fell silent after it may have taken the mail over.</summary>
    Uncertain,

    /// <summary>There was no server, or no address, to send it to.</summary>
    NotSent,
}

internal static class MailStateNames
{
    public static string Name(this MailState state) => state switch
    {
        MailState.Queued => "queued",
        MailState.Held => "held",
        MailState.Sending => "sending",
        MailState.Sent => "sent",
        MailState.Failed => "failed",
        MailState.Uncertain => "uncertain",
        MailState.NotSent => "not-sent",
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    public static MailState Parse(string name) => Enum.GetValues<MailState>().First(state => state.Name() == name);
}
