using Munshi.Database;

namespace Munshi.Keyring;

/// <summary>Keys: made in pools, escrowed before use, kept apart from the database.</summary>
internal static class KeyringCapability
{
    public static IServiceCollection AddKeyring(this IServiceCollection services, DataDirectory data)
    {
        services.AddSingleton(new KeyringLocation(data.Keyring, data.Secrets, data.KeyEscrow));
        services.AddSingleton<KeyCustodian>();
        services.AddSingleton(provider => new KeyringCheck(
            provider.GetRequiredService<Databases>(), provider.GetRequiredService<KeyringLocation>(), provider.GetRequiredService<KeyCustodian>));
        return services;
    }
}
