using Microsoft.Extensions.Options;
using Munshi.Database.WorkQueue;

namespace Munshi.Notices;

/// <summary>What people must be told: raised in the act's transaction, mailed by jobs.</summary>
internal static class NoticesCapability
{
    /// <summary>Raising, and what members chose; on the command line too.</summary>
    public static IServiceCollection AddNoticeBoard(this IServiceCollection services)
    {
        services.AddSingleton<NoticeBoard>();
        services.AddSingleton<NoticeRecipients>();
        return services;
    }

    /// <summary>Mail, its jobs and the daily digest.</summary>
    public static IServiceCollection AddNotices(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<NoticesOptions>().Bind(configuration.GetSection(NoticesOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<NoticesOptions>, NoticesOptionsValidator>();
        services.AddSingleton<MailServer>();
        services.AddSingleton<MailWriter>();
        services.AddSingleton<IDigestSection, TrafficDigest>();
        services.AddSingleton<Digests>();
        services.AddSingleton<IJobHandler, NoticeAddressing>();
        services.AddSingleton<IJobHandler, MailDispatch>();
        services.AddHostedService<DigestClock>();
        return services;
    }

    public static IServiceCollection AddNoticePages(this IServiceCollection services)
    {
        services.AddSingleton<NoticeLog>();
        services.AddScoped<NoticesScreen>();
        return services;
    }

    public static void MapNotices(this IEndpointRouteBuilder routes)
    {
        ShowNotices.Map(routes);
        SaveNoticeSettings.Map(routes);
        AskTestMail.Map(routes);
    }
}
