using System.Globalization;
using System.Text;
using Microsoft.Extensions.Localization;
using Munshi.Web;
using Munshi.Web.Resources;
using Munshi.Workspaces;

namespace Munshi.Notices;

/// <summary>Writes the mail of a notice in its recipient's language. It holds the workspace's name and the notice's parameters, never a customer's data.</summary>
internal sealed partial class MailWriter(
    IStringLocalizer<Text> text, WorkspaceRegistry workspaces, IEnumerable<IDigestSection> sections, TimeProvider clock, ILogger<MailWriter> logger)
{
    private const int MaxSubjectLength = 200;

    public async Task<OutgoingMail> WriteAsync(Guid clientId, MailPlan plan, CancellationToken cancellationToken)
    {
        CultureInfo culture = plan.Recipient.Language.Culture;
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, culture); // for this method and what it calls
        Delivery delivery = plan.Delivery;
        TimeText times = new(clock.GetUtcNow(), plan.Recipient.Zone, culture, text);
        string workspace = OneLine(await workspaces.NameAsync(clientId, cancellationToken));
        StringBuilder body = new();
        object[] parameters;
        if (delivery.Kind == Digests.Kind)
        {
            (DateOnly day, DateTimeOffset from, DateTimeOffset to) = Digests.PeriodOf(delivery, plan.Recipient.Zone);
            parameters = [times.Date(day)];
            body.AppendLine(text[$"Notice.Body.{delivery.Kind}", parameters]);
            foreach (IDigestSection section in sections)
            {
                await AppendAsync(body, section, clientId, from, to, culture, cancellationToken);
            }
        }
        else
        {
            parameters = [.. delivery.Parameters];
            body.AppendLine(text[$"Notice.Body.{delivery.Kind}", parameters]).AppendLine().AppendLine(text["Notice.Raised", times.Full(delivery.RaisedAt), plan.Recipient.Zone.Id]);
        }

        body.AppendLine().AppendLine("-- ").AppendLine(text["Notice.Foot", workspace]);
        string severity = delivery.Severity == NoticeSeverity.Info ? "" : $"{text[$"Notices.Severity.{delivery.Severity}"]}: ";
        string subject = OneLine($"{severity}{text[$"Notice.Subject.{delivery.Kind}", parameters]} – {workspace}");
        return new OutgoingMail(delivery.Id, plan.Recipient.Email!, subject, body.ToString());
    }

    /// <summary>Without line breaks and other controls, so that nothing can begin a header of its own.</summary>
    internal static string OneLine(string text)
    {
        string line = string.Concat(text.Select(character =>
            char.IsControl(character) || char.GetUnicodeCategory(character) is UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator ? ' ' : character));
        return line.Length <= MaxSubjectLength ? line.Trim() : $"{line[..MaxSubjectLength].Trim()}…";
    }

    private async Task AppendAsync(
        StringBuilder body, IDigestSection section, Guid clientId, DateTimeOffset from, DateTimeOffset to, CultureInfo culture, CancellationToken cancellationToken)
    {
        try
        {
            if (await section.WriteAsync(clientId, from, to, culture, cancellationToken) is { } written)
            {
                body.AppendLine().AppendLine(OneLine(written.Title));
                foreach (string line in written.Lines)
                {
                    body.Append("  - ").AppendLine(OneLine(line));
                }
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Log.SectionFailed(logger, section.GetType().Name, exception.GetType().Name);
            body.AppendLine().AppendLine(text["Digest.Missing"]);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(16004, LogLevel.Error, "The digest goes without {Section}: {Failure}")]
        public static partial void SectionFailed(ILogger logger, string section, string failure);
    }
}
