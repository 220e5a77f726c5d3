using System.Net;
using Microsoft.Extensions.Options;

namespace Munshi.Notices;

/// <summary>One plain sentence for each wrong setting.</summary>
internal sealed class NoticesOptionsValidator : IValidateOptions<NoticesOptions>
{
    public ValidateOptionsResult Validate(string? name, NoticesOptions options)
    {
        List<string> problems = [];
        if (options.HasMailServer)
        {
            Check(options, problems);
        }

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    /// <summary>Whether the host is this machine by its own name.</summary>
    internal static bool IsLoopback(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out IPAddress? address) && IPAddress.IsLoopback(address));

    private static void Check(NoticesOptions options, List<string> problems)
    {
        SmtpOptions smtp = options.Smtp;
        Require(Uri.CheckHostName(smtp.Host) != UriHostNameType.Unknown, "Smtp:Host must be the name or address of a mail server, without a port.");
        Require(smtp.Port is >= 1 and <= IPEndPoint.MaxPort, "Smtp:Port must be a number from 1 to 65535.");
        Require(Enum.IsDefined(smtp.Tls), "Smtp:Tls must be none or starttls.");
        Require(smtp.Timeout >= TimeSpan.FromSeconds(1) && smtp.Timeout <= TimeSpan.FromSeconds(25), "Smtp:Timeout must be from 00:00:01 to 00:00:25.");
        Require(
            smtp.User.Length == 0 || smtp.Tls == SmtpTls.StartTls || IsLoopback(smtp.Host),
            "Smtp:User needs Smtp:Tls starttls: a password does not leave this machine in the clear.");
        Require(EmailAddress.IsUsable(options.From), "From must be the sender's e-mail address, for example munshi@shop.example, once there is a mail server.");

        void Require(bool holds, string sentence)
        {
            if (!holds)
            {
                problems.Add($"{NoticesOptions.Section}:{sentence}");
            }
        }
    }
}
