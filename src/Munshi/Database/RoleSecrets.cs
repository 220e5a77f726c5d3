using System.Security.Cryptography;
using System.Text.Json;

namespace Munshi.Database;

/// <summary>The login roles' passwords: <c>secrets/database-roles.json</c>, mode 0600, one random 256-bit secret a role.</summary>
internal sealed class RoleSecrets
{
    private const string FileName = "database-roles.json";

    private readonly IReadOnlyDictionary<string, string> _passwords;

    private RoleSecrets(IReadOnlyDictionary<string, string> passwords) => _passwords = passwords;

    public string this[DatabaseRole role] => _passwords[role.Name()];

    /// <summary>Reads the file; makes it, durably, when it is missing or lacks a role.</summary>
    public static RoleSecrets LoadOrCreate(string secretsDirectory)
    {
        string path = Path.Combine(secretsDirectory, FileName);
        Dictionary<string, string> passwords = File.Exists(path)
            ? JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllBytes(path)) ?? []
            : [];
        bool changed = false;
        foreach (DatabaseRole role in Enum.GetValues<DatabaseRole>())
        {
            changed |= passwords.TryAdd(role.Name(), RandomNumberGenerator.GetHexString(64, lowercase: true));
        }

        if (changed)
        {
            SecretFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(passwords));
        }

        return new RoleSecrets(passwords);
    }
}
