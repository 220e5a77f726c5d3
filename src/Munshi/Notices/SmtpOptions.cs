namespace Munshi.Notices;

/// <summary>Where mail is handed over, section <c>Notices:Smtp</c>.</summary>
internal sealed class SmtpOptions
{
    /// <summary>Name or address of the mail server. Empty, the default: no mail is sent. A loopback host is called only because it stands here.</summary>
    public string Host { get; init; } = "";

    /// <summary>1 to 65535. Default 587, the submission port.</summary>
    public int Port { get; init; } = 587;

    /// <summary>Default <see cref="SmtpTls.StartTls"/>.</summary>
    public SmtpTls Tls { get; init; } = SmtpTls.StartTls;

    /// <summary>Signs in as; empty, the default, for a server that asks for nobody.</summary>
    public string User { get; init; } = "";

    /// <summary>Goes before the file <c>secrets/smtp-password</c> of the data directory. Given by the environment.</summary>
    public string Password { get; init; } = "";

    /// <summary>How long handing over one mail may take, 1 to 25 seconds (below the lease of a job). Default 20 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(20);
}
