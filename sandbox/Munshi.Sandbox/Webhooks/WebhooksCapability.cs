namespace Munshi.Sandbox.Webhooks;

/// <summary>Webhooks to the business, as Meta sends them.</summary>
internal static class WebhooksCapability
{
    public static void AddWebhooks(this IServiceCollection services)
    {
        services.AddSingleton<CallbackClient>();
        services.AddSingleton<WebhookSender>();
        services.AddSingleton<StatusWebhooks>();
    }
}
