using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Munshi.Database;

namespace Munshi.Witness;

/// <summary>Keeps sealed epoch keys, each put once, until it destroys them. Safe for concurrent use within one process.</summary>
/// <remarks>
/// <c>keeper/{installation}/</c>: <c>{epoch}.key</c>; <c>{epoch}.destroyed</c>, which is there before the key goes and stays for good; <c>secret.sha256</c>.
/// </remarks>
internal sealed class KeyKeeper
{
    /// <summary>The longest sealed key, in bytes.</summary>
    public const int MaxLength = 4096;

    private const int SecretBytes = 32;
    private const string KeySuffix = ".key";
    private const string TombstoneSuffix = ".destroyed";

    private readonly WitnessDirectory _directory;
    private readonly Lock _changing = new();

    /// <summary>Completes what a kill broke off: keys whose destruction was begun, and files that were never acknowledged.</summary>
    public KeyKeeper(WitnessDirectory directory)
    {
        _directory = directory;
        foreach (string part in Directory.EnumerateFiles(directory.Keeper, "*.part", SearchOption.AllDirectories))
        {
            Overwrite(part);
        }

        foreach (string tombstone in Directory.EnumerateFiles(directory.Keeper, $"*{TombstoneSuffix}", SearchOption.AllDirectories))
        {
            Overwrite(string.Concat(tombstone.AsSpan(0, tombstone.Length - TombstoneSuffix.Length), KeySuffix));
        }
    }

    /// <summary>Lower-case letters, digits and hyphens, 1 to 64.</summary>
    public static bool IsInstallation(string name) =>
        name.Length is > 0 and <= 64 && name.All(character => character == '-' || char.IsAsciiDigit(character) || char.IsAsciiLetterLower(character));

    /// <summary>From 1 on, digits without leading zero.</summary>
    public static bool IsEpoch(string text) =>
        text.Length is > 0 and <= 18 && text[0] != '0' && text.All(char.IsAsciiDigit);

    /// <summary>Makes the secret of an installation, which ends an earlier one; only its hash is kept.</summary>
    /// <returns>64 hexadecimal digits.</returns>
    public static string MakeSecret(WitnessDirectory directory, string installation)
    {
        string secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes));
        string folder = Path.Combine(directory.Keeper, installation);
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        DirectorySync.Flush(directory.Keeper);
        SecretFile.Write(SecretPath(folder), HashOf(secret));
        return secret;
    }

    /// <summary>Whether this is the installation's secret; takes as long for any of its length.</summary>
    public bool Knows(string installation, string secret)
    {
        string path = SecretPath(Folder(installation));
        return File.Exists(path) && CryptographicOperations.FixedTimeEquals(File.ReadAllBytes(path), HashOf(secret));
    }

    /// <summary>Durable once it returns <see cref="KeeperOutcome.Kept"/>; the same bytes may be put again.</summary>
    public KeeperOutcome Put(string installation, string epoch, byte[] sealedKey)
    {
        lock (_changing)
        {
            switch (Get(installation, epoch))
            {
                case KeeperOutcome.Kept kept:
                    return CryptographicOperations.FixedTimeEquals(kept.SealedKey, sealedKey) ? kept : new KeeperOutcome.Other();
                case KeeperOutcome.Missing:
                    SecretFile.Write(KeyPath(installation, epoch), sealedKey);
                    return new KeeperOutcome.Kept(sealedKey);
                case KeeperOutcome destroyed:
                    return destroyed;
                default:
                    throw new System.Diagnostics.UnreachableException();
            }
        }
    }

    public KeeperOutcome Get(string installation, string epoch)
    {
        lock (_changing)
        {
            string path = KeyPath(installation, epoch);
            return File.Exists(TombstonePath(installation, epoch)) ? new KeeperOutcome.Destroyed()
                : File.Exists(path) ? new KeeperOutcome.Kept(File.ReadAllBytes(path))
                : new KeeperOutcome.Missing();
        }
    }

    /// <summary>Once it returns, the file's bytes were overwritten on the disk and its name is gone, durably.</summary>
    public KeeperOutcome Destroy(string installation, string epoch)
    {
        lock (_changing)
        {
            if (Get(installation, epoch) is not KeeperOutcome.Missing)
            {
                SecretFile.Write(TombstonePath(installation, epoch), []);
                Overwrite(KeyPath(installation, epoch));
                return new KeeperOutcome.Destroyed();
            }

            return new KeeperOutcome.Missing();
        }
    }

    /// <summary>Every epoch that was put, in order.</summary>
    public IReadOnlyList<KeptEpoch> List(string installation)
    {
        lock (_changing)
        {
            SortedDictionary<long, bool> epochs = [];
            foreach (string name in Directory.EnumerateFiles(Folder(installation)).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal))
            {
                string epoch = Path.GetFileNameWithoutExtension(name);
                if (IsEpoch(epoch) && Path.GetExtension(name) is KeySuffix or TombstoneSuffix)
                {
                    long number = long.Parse(epoch, NumberStyles.None, CultureInfo.InvariantCulture);
                    epochs[number] = epochs.GetValueOrDefault(number) || name.EndsWith(TombstoneSuffix, StringComparison.Ordinal);
                }
            }

            return [.. epochs.Select(epoch => new KeptEpoch(epoch.Key, epoch.Value ? "destroyed" : "kept"))];
        }
    }

    private static void Overwrite(string path)
    {
        if (!File.Exists(path))
        {
            return;
        }

        using (FileStream stream = new(path, FileMode.Open, FileAccess.Write, FileShare.None))
        {
            stream.Write(RandomNumberGenerator.GetBytes((int)Math.Min(stream.Length, int.MaxValue)));
            stream.Flush(flushToDisk: true);
        }

        File.Delete(path);
        DirectorySync.Flush(Path.GetDirectoryName(path)!);
    }

    private static byte[] HashOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    private static string SecretPath(string folder) => Path.Combine(folder, "secret.sha256");

    private string KeyPath(string installation, string epoch) => Path.Combine(Folder(installation), epoch + KeySuffix);

    private string TombstonePath(string installation, string epoch) => Path.Combine(Folder(installation), epoch + TombstoneSuffix);

    private string Folder(string installation) => Path.Combine(_directory.Keeper, installation);
}
