using Munshi.Access;
using Munshi.Archives;
using Munshi.Audit;
using Munshi.Audit.Proving;
using Munshi.Channels;
using Munshi.Database;
using Munshi.Database.Manifest;
using Munshi.Import;
using Munshi.Keyring;
using Munshi.Knowledge;
using Munshi.Media;
using Munshi.Notices;
using Munshi.Responder;
using Munshi.Setup;
using Munshi.Vault;
using Munshi.Workspaces;

namespace Munshi.CommandLine;

/// <summary>What the server and every verb share.</summary>
internal static class InstallationServices
{
    public static IServiceCollection AddInstallation(this IServiceCollection services, DataDirectory data, Databases databases)
    {
        services.AddSingleton(data);
        services.AddSingleton(_ => databases); // made by a factory, so that the provider disposes it
        services.AddSingleton(databases.App);
        services.AddKeyring(data);
        services.AddWorkspaces();
        services.AddAccess();
        services.AddChannelRegistry();
        services.AddKnowledge();
        services.AddSetupLinks();
        services.AddVault();
        services.AddMediaStore();
        services.AddImport();
        services.AddNoticeBoard();
        services.AddArchives();
        services.AddLocalization();
        services.AddSingleton<DatabaseGate>();
        services.AddSingleton(new HeadsLocation(data.Checkpoints));
        services.AddAudit();
        services.AddProofs();
        services.AddVaultEvidence();
        services.AddMediaEvidence();
        services.AddResponderEvidence();
        return services;
    }
}
