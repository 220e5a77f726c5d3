using Microsoft.Extensions.Logging.Abstractions;
using Munshi.Keyring;

namespace Munshi.Tests.Keyring;

/// <summary>A keyring in a directory of its own, opened as often as a test wants.</summary>
internal sealed class KeyringBench : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("munshi-keyring-").FullName;
    private readonly List<KeyCustodian> _opened = [];

    public KeyringLocation Location => new(
        Path.Combine(_root, "keyring"), Path.Combine(_root, "secrets"), Path.Combine(_root, "backups", "keyring"));

    public SettableClock Clock { get; } = new(new DateTimeOffset(2026, 11, 21, 6, 30, 0, TimeSpan.Zero));

    public string KeyFile => Path.Combine(Location.KeyringDirectory, "keyring.db");

    public string RootKeyFile => Path.Combine(Location.SecretsDirectory, "root.key");

    public string EpochKeyFile => Path.Combine(Location.SecretsDirectory, "epoch-1.key");

    public KeyCustodian Open()
    {
        KeyCustodian custodian = new(Location, Clock, NullLogger<KeyCustodian>.Instance);
        lock (_opened)
        {
            _opened.Add(custodian);
        }

        return custodian;
    }

    public KeyCustodian OpenFilled()
    {
        KeyCustodian custodian = Open();
        custodian.Replenish();
        return custodian;
    }

    /// <summary>As when every process ends.</summary>
    public void Close()
    {
        _opened.ForEach(custodian => custodian.Dispose());
        _opened.Clear();
    }

    /// <summary>The second copy, with the epoch key that lies in secrets.</summary>
    public KeyEscrow Escrow() => new(Location.EscrowDirectory, File.ReadAllBytes(EpochKeyFile));

    /// <summary>Takes keys until there is none.</summary>
    public static List<Guid> Drain(KeyCustodian custodian)
    {
        List<Guid> taken = [];
        while (custodian.TryTake(out Guid id))
        {
            taken.Add(id);
        }

        return taken;
    }

    public void Dispose()
    {
        Close();
        Directory.Delete(_root, recursive: true);
    }
}
