namespace Munshi.Sandbox.Mail;

/// <summary>A mail server and the mailbox it fills.</summary>
internal static class MailCapability
{
    public static void AddMail(this IServiceCollection services)
    {
        services.AddSingleton<Mailbox>();
        services.AddSingleton<SmtpServer>();
        services.AddHostedService(provider => provider.GetRequiredService<SmtpServer>());
    }

    public static void MapMail(this WebApplication app)
    {
        ListMail.Map(app.MapGroup("/mail"));
        ShowMailPage.Map(app);
    }
}
