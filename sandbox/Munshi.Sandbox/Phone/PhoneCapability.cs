using Microsoft.AspNetCore.DataProtection;

namespace Munshi.Sandbox.Phone;

/// <summary>The customers' phones: their API and their page.</summary>
internal static class PhoneCapability
{
    public static void AddPhone(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddDataProtection().UseEphemeralDataProtectionProvider(); // Razor asks for it; no keys are left in the home directory
        services.AddSingleton<Phones>();
        services.AddSingleton<CustomerMessages>();
        services.AddSingleton<ReadReceipts>();
    }

    public static void MapPhone(this WebApplication app)
    {
        RouteGroupBuilder group = app.MapGroup("/phone");
        PostMessage.Map(group);
        GetMessages.Map(group);
        ShowPhonePage.Map(app);
        WriteFromPage.Map(app);
        PhoneAssets.Map(app);
    }
}
