namespace Munshi.Notices;

/// <summary>Whether mail is handed over encrypted.</summary>
internal enum SmtpTls
{
    /// <summary>In the clear, without sign-in: for a mail server on this machine.</summary>
    None,

    /// <summary>By STARTTLS (RFC 3207); a server that does not offer it gets nothing.</summary>
    StartTls,
}
