using System.Security.Cryptography;
using System.Text.Json;
using Munshi.CommandLine;

namespace Munshi.Database;

/// <summary>The login roles' passwords: <c>secrets/database-roles.json</c>, mode 0600, one random 256-bit secret a role.</summary>
internal sealed class RoleSecrets
{
    private const string FileName = "database-roles.json";
    private const string Remedy = "run ./munshi migrate, which gives the database's roles new passwords.";

    private readonly IReadOnlyDictionary<string, string> _passwords;

    private RoleSecrets(IReadOnlyDictionary<string, string> passwords) => _passwords = passwords;

    public string this[DatabaseRole role] => _passwords[role.Name()];

    /// <summary>Reads the file.</summary>
    /// <exception cref="RefusalException">It is missing, damaged, or lacks a role.</exception>
    public static RoleSecrets Load(string secretsDirectory)
    {
        string path = Path.Combine(secretsDirectory, FileName);
        if (!File.Exists(path))
        {
            throw new RefusalException($"{path} is missing: restore it from a backup, or {Remedy}");
        }

        Dictionary<string, string> passwords = Read(path);
        return Enum.GetValues<DatabaseRole>().All(role => passwords.ContainsKey(role.Name()))
            ? new RoleSecrets(passwords)
            : throw new RefusalException($"{path} lacks a role of this version: run ./munshi migrate, which adds it.");
    }

    /// <summary>Reads the file; makes it, durably, when it is missing or lacks a role.</summary>
    /// <exception cref="RefusalException">It is damaged.</exception>
    public static RoleSecrets LoadOrCreate(string secretsDirectory)
    {
        string path = Path.Combine(secretsDirectory, FileName);
        Dictionary<string, string> passwords = File.Exists(path) ? Read(path) : [];
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

    private static Dictionary<string, string> Read(string path)
    {
        try
        {
            if (JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllBytes(path)) is { } passwords
                && !passwords.Values.Any(string.IsNullOrEmpty))
            {
                return passwords;
            }
        }
        catch (JsonException)
        {
            // Told below.
        }

        throw new RefusalException($"{path} is damaged: restore it from a backup, or remove it and {Remedy}");
    }
}
