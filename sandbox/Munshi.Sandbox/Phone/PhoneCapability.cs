namespace Munshi.Sandbox.Phone;

/// <summary>The customers' phones: their API and their page.</summary>
internal static class PhoneCapability
{
    public static void AddPhone(this IServiceCollection services)
    {
        services.AddSingleton<Phones>();
        services.AddSingleton<CustomerMessages>();
        services.AddSingleton<ReadReceipts>();
        services.AddSingleton<PhonePages>();
    }

    public static void MapPhone(this WebApplication app)
    {
        RouteGroupBuilder group = app.MapGroup("/phone");
        PostMessage.Map(group);
        GetMessages.Map(group);
        PutIdentity.Map(group);
        ShowReceivedFile.Map(app);
        ShowPhonePage.Map(app);
        WriteFromPage.Map(app);
        AddCustomer.Map(app);
        SetIdentity.Map(app);
        WaitForPhones.Map(app);
    }
}
