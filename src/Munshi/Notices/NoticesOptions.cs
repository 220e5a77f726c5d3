namespace Munshi.Notices;

/// <summary>Settings of notices and their mail, section <c>Notices</c>.</summary>
internal sealed class NoticesOptions
{
    public const string Section = "Notices";

    public SmtpOptions Smtp { get; init; } = new();

    /// <summary>The sender's address, needed once there is a mail server.</summary>
    public string From { get; init; } = "";

    public bool HasMailServer => Smtp.Host.Length > 0;
}
