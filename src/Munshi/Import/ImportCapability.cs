namespace Munshi.Import;

/// <summary>Chats that WhatsApp exported.</summary>
internal static class ImportCapability
{
    public static IServiceCollection AddImport(this IServiceCollection services) => services.AddSingleton<ChatImport>();
}
