using Munshi.Sandbox.Pages;

namespace Munshi.Sandbox.Mail;

/// <summary><c>GET /mail</c>: the mailbox, newest first.</summary>
internal static class ShowMailPage
{
    public static void Map(WebApplication app) => app.MapGet("/mail", (HttpContext context, Mailbox mailbox, SmtpServer server) =>
        new PageResult<MailPage>(new MailPageView(
            [.. mailbox.All.Reverse()], server.Port, PageTheme.Of(context.Request), PagePolicy.Apply(context.Response))));
}
