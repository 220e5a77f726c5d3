using System.Text;
using System.Text.RegularExpressions;
using Munshi.Sandbox.Control;

namespace Munshi.Sandbox.Mail;

/// <summary>One connection: RFC 5321 with SIZE and 8BITMIME.</summary>
internal sealed partial class SmtpSession(Stream input, Stream output, Mailbox mailbox, Faults faults, Tally tally)
{
    /// <summary>1 MiB, announced with SIZE.</summary>
    private const int MaxMailBytes = 1024 * 1024;

    /// <summary>RFC 5321, section 4.5.3.1.4, doubled.</summary>
    private const int MaxCommandBytes = 1024;

    private const int MaxRecipients = 100;

    private readonly List<string> _to = [];
    private bool _greeted;
    private string? _from;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await AnswerAsync("220 sandbox.example ESMTP", cancellationToken);
        while (await LineAsync(MaxCommandBytes, cancellationToken) is { } bytes)
        {
            if (bytes.Length > MaxCommandBytes)
            {
                await AnswerAsync("500 5.5.2 Line too long", cancellationToken);
                continue;
            }

            string line = Encoding.UTF8.GetString(bytes);
            string verb = line.Split(' ')[0].ToUpperInvariant();
            if (verb == "QUIT")
            {
                await AnswerAsync("221 2.0.0 Bye", cancellationToken);
                return;
            }

            await AnswerAsync(verb == "DATA" ? await DataAsync(cancellationToken) : Obey(verb, line), cancellationToken);
        }
    }

    private string Obey(string verb, string line)
    {
        switch (verb)
        {
            case "EHLO":
                Reset();
                _greeted = true;
                return $"250-sandbox.example\r\n250-SIZE {MaxMailBytes}\r\n250 8BITMIME";
            case "HELO":
                Reset();
                _greeted = true;
                return "250 sandbox.example";
            case "MAIL":
                return Mail(line);
            case "RCPT":
                return Recipient(line);
            case "RSET":
                Reset();
                return "250 2.0.0 OK";
            case "NOOP":
                return "250 2.0.0 OK";
            case "VRFY":
                return "252 2.5.1 Send and see";
            default:
                return "502 5.5.1 Command not implemented";
        }
    }

    private string Mail(string line)
    {
        if (!_greeted || _from is not null)
        {
            return "503 5.5.1 Bad sequence of commands";
        }

        if (From().Match(line) is not { Success: true } match)
        {
            return "501 5.5.4 Syntax: MAIL FROM:<address>";
        }

        if (Size().Match(match.Groups[2].Value) is { Success: true } size && (!int.TryParse(size.Groups[1].Value, out int bytes) || bytes > MaxMailBytes))
        {
            return "552 5.3.4 Message too big";
        }

        _from = match.Groups[1].Value;
        return "250 2.1.0 OK";
    }

    private string Recipient(string line)
    {
        if (_from is null)
        {
            return "503 5.5.1 Bad sequence of commands";
        }

        if (To().Match(line) is not { Success: true } match)
        {
            return "501 5.5.4 Syntax: RCPT TO:<address>";
        }

        if (_to.Count == MaxRecipients)
        {
            return "452 4.5.3 Too many recipients";
        }

        if (faults.Take(Fault.MailReject))
        {
            tally.FaultsChanged();
            return "550 5.1.1 No such mailbox";
        }

        if (faults.Take(Fault.MailDefer))
        {
            tally.FaultsChanged();
            return "451 4.7.1 Not now, try again later";
        }

        _to.Add(match.Groups[1].Value);
        return "250 2.1.5 OK";
    }

    private async Task<string> DataAsync(CancellationToken cancellationToken)
    {
        if (_from is null || _to.Count == 0)
        {
            return "503 5.5.1 Bad sequence of commands";
        }

        await AnswerAsync("354 End with a line that holds one dot", cancellationToken);
        using MemoryStream mail = new();
        while (true)
        {
            byte[] line = await LineAsync(MaxMailBytes, cancellationToken) ?? throw new IOException("The client left in the middle of a mail.");
            if (line is [(byte)'.'])
            {
                break;
            }

            if (mail.Length <= MaxMailBytes)
            {
                mail.Write(line is [(byte)'.', ..] ? line.AsSpan(1) : line); // RFC 5321, section 4.5.2
                mail.Write("\r\n"u8);
            }
        }

        (string from, string[] to) = (_from, [.. _to]);
        Reset();
        if (mail.Length > MaxMailBytes)
        {
            return "552 5.3.4 Message too big";
        }

        mailbox.Add(from, to, Encoding.UTF8.GetString(mail.ToArray()));
        if (faults.Take(Fault.MailSilent))
        {
            tally.FaultsChanged();
            while (await LineAsync(MaxCommandBytes, cancellationToken) is not null)
            {
                // Nothing is answered any more.
            }

            throw new IOException("The client gave up waiting.");
        }

        return "250 2.0.0 OK";
    }

    private void Reset()
    {
        _from = null;
        _to.Clear();
    }

    private async Task AnswerAsync(string answer, CancellationToken cancellationToken)
    {
        await output.WriteAsync(Encoding.ASCII.GetBytes(answer + "\r\n"), cancellationToken);
        await output.FlushAsync(cancellationToken);
    }

    /// <summary>A line without its end; one byte more than <paramref name="max"/> where it was longer; null at the end of the connection.</summary>
    private async Task<byte[]?> LineAsync(int max, CancellationToken cancellationToken)
    {
        using MemoryStream line = new();
        byte[] one = new byte[1];
        while (await input.ReadAsync(one, cancellationToken) == 1)
        {
            if (one[0] == (byte)'\n')
            {
                byte[] read = line.ToArray();
                return read is [.. byte[] text, (byte)'\r'] ? text : read;
            }

            if (line.Length <= max)
            {
                line.Write(one);
            }
        }

        return null;
    }

    [GeneratedRegex(@"^MAIL FROM:\s*<([^<>\s]*)>(.*)$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex From();

    [GeneratedRegex(@"^RCPT TO:\s*<([^<>\s]+)>.*$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex To();

    [GeneratedRegex(@"\bSIZE=([0-9]{1,20})\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Size();
}
