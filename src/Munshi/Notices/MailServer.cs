using System.Net;
using System.Net.Mail;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using Microsoft.Extensions.Options;
using Munshi.Channels.Egress;
using Munshi.Database;

namespace Munshi.Notices;

/// <summary>Hands mail over to the configured server, and to no other.</summary>
/// <remarks>Safe for concurrent use: each mail has a connection of its own.</remarks>
internal sealed class MailServer(IOptions<NoticesOptions> options, DataDirectory data, EgressCounts counts, TimeProvider clock)
{
    private const string Subprocessor = "mail";
    private const string PasswordFile = "smtp-password";
    private const int FirstError = 400;
    private const int FirstPermanent = 500;

    private readonly NoticesOptions _options = options.Value;

    /// <summary>Whether one is configured.</summary>
    public bool IsSetUp => _options.HasMailServer;

    /// <summary>The same for the same mail, so that whoever receives it twice sees that it is one.</summary>
    public string MessageId(Guid deliveryId) => $"<{deliveryId:N}@{_options.From[(_options.From.IndexOf('@', StringComparison.Ordinal) + 1)..]}>";

    /// <summary>Every end but an outage of our own is an outcome; it takes at most <see cref="SmtpOptions.Timeout"/>.</summary>
    public async Task<MailOutcome> SendAsync(OutgoingMail mail, CancellationToken cancellationToken)
    {
        SmtpOptions smtp = _options.Smtp;
        using CancellationTokenSource deadline = new(smtp.Timeout, clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        if (await RefusalAsync(smtp.Host, either.Token) is { } refusal)
        {
            return refusal;
        }

        counts.Allowed(Subprocessor, smtp.Host);
        using SmtpClient client = new(smtp.Host, smtp.Port) { EnableSsl = smtp.Tls == SmtpTls.StartTls, UseDefaultCredentials = false };
        if (smtp.User.Length > 0)
        {
            client.Credentials = new NetworkCredential(smtp.User, Password(smtp));
        }

        using MailMessage message = Compose(mail);
        try
        {
            await client.SendMailAsync(message, either.Token).WaitAsync(either.Token);
            return new MailOutcome.Sent();
        }
        catch (SmtpException exception)
        {
            return Read(exception);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new MailOutcome.Unanswered();
        }
    }

    /// <summary>Why nothing may be sent to the host; null when it may be called.</summary>
    private async Task<MailOutcome?> RefusalAsync(string host, CancellationToken cancellationToken)
    {
        if (NoticesOptionsValidator.IsLoopback(host))
        {
            return null;
        }

        try
        {
            if ((await Dns.GetHostAddressesAsync(host, cancellationToken)).Any(EgressGate.IsPrivate))
            {
                counts.Refused(Subprocessor, host);
                return new MailOutcome.NotSent("private-address");
            }

            return null;
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException)
        {
            return new MailOutcome.NotSent("unreachable");
        }
    }

    private MailMessage Compose(OutgoingMail mail)
    {
        MailMessage message = new(new MailAddress(_options.From, "Munshi"), new MailAddress(mail.To))
        {
            Subject = mail.Subject,
            SubjectEncoding = Encoding.UTF8,
            Body = mail.Body.ReplaceLineEndings("\r\n"),
            BodyEncoding = Encoding.UTF8,
            IsBodyHtml = false,
        };
        message.Headers.Add("Message-ID", MessageId(mail.DeliveryId));
        message.Headers.Add("Auto-Submitted", "auto-generated"); // RFC 3834: no out-of-office reply
        return message;
    }

    private string Password(SmtpOptions smtp)
    {
        string file = Path.Combine(data.Secrets, PasswordFile);
        return smtp.Password.Length > 0 ? smtp.Password
            : File.Exists(file) ? File.ReadAllText(file).TrimEnd('\r', '\n')
            : "";
    }

    private static MailOutcome Read(SmtpException exception) => (int)exception.StatusCode switch
    {
        >= FirstPermanent and int code => new MailOutcome.Refused(code),
        >= FirstError and int code => new MailOutcome.Deferred(code),
        _ when Causes(exception).Any(cause => cause is AuthenticationException) => new MailOutcome.NotSent("no-tls"),
        _ when Causes(exception).Any(cause => cause is IOException) => new MailOutcome.Unanswered(),
        _ when Causes(exception).Any(cause => cause is SocketException) => new MailOutcome.NotSent("unreachable"),
        _ when exception.InnerException is null => new MailOutcome.NotSent("no-tls"),
        _ => new MailOutcome.Unanswered(),
    };

    private static IEnumerable<Exception> Causes(Exception exception)
    {
        for (Exception? cause = exception; cause is not null; cause = cause.InnerException)
        {
            yield return cause;
        }
    }
}
