using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Caching.Memory;
using Munshi.CommandLine;

namespace Munshi.Keyring;

/// <summary>The keys under which people's words are sealed: made in pools, escrowed before first use, kept apart from the database.</summary>
/// <remarks>Safe for concurrent use. The database names keys by id only; nothing here says whose they are.</remarks>
internal sealed partial class KeyCustodian : IDisposable
{
    /// <summary>What the pool is filled to at least. Above it, to three days of the busiest day of the last thirty.</summary>
    public const int SmallestPool = 4096;

    private const int TakenAtOnce = 64;
    private const int CachedKeys = 100_000;
    private const string InstallationLookupName = "installation-lookup";

    private readonly Lock _gate = new();
    private readonly KeyStore _store;
    private readonly KeyEscrow _escrow;
    private readonly TimeProvider _clock;
    private readonly ILogger<KeyCustodian> _logger;
    private readonly Queue<Guid> _taken = [];
    private readonly MemoryCache _unwrapped = new(new MemoryCacheOptions { SizeLimit = CachedKeys });
    private readonly KeyMaterial _installationLookup;

    /// <summary>Opens the keyring; makes it on first use; rebuilds it from escrow when its file is gone.</summary>
    /// <exception cref="RefusalException">A key above the keyring is missing or is another's.</exception>
    public KeyCustodian(KeyringLocation location, TimeProvider clock, ILogger<KeyCustodian> logger)
    {
        _clock = clock;
        _logger = logger;
        foreach (string directory in (ReadOnlySpan<string>)[location.SecretsDirectory, location.KeyringDirectory, location.EscrowDirectory])
        {
            Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        SqliteConnection connection = KeyringConnection.Open(location.KeyringFile);
        try
        {
            // Of several processes that start at once, one makes what is missing and the others wait for it here.
            using SqliteTransaction alone = connection.BeginTransaction(deferred: false);
            string? wrapped = new FileInfo(connection.DataSource).Length > 0 ? "keyring/keyring.db" : null;
            string? escrowed = KeyEscrow.IsIn(location.EscrowDirectory) ? "backups/keyring" : null;
            _store = new KeyStore(connection, KeyringFiles.LoadOrCreate(location.SecretsDirectory, KeyringFiles.RootKey, wrapped));
            _escrow = new KeyEscrow(location.EscrowDirectory, KeyringFiles.LoadOrCreate(location.SecretsDirectory, KeyringFiles.EpochKey, escrowed));
            _installationLookup = OpenInstallationLookup();
            alone.Commit();
        }
        catch (CryptographicException)
        {
            connection.Dispose();
            throw new RefusalException("The keys in secrets/ do not open keyring/keyring.db or backups/keyring: restore those that belong together.");
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Whether a fresh key is ready.</summary>
    public bool HasFresh
    {
        get
        {
            lock (_gate)
            {
                return _taken.Count > 0 || _store.CountPooled() > 0;
            }
        }
    }

    /// <summary>Takes a fresh key out of the pool; false when the pool is empty.</summary>
    public bool TryTake(out Guid keyId)
    {
        lock (_gate)
        {
            if (_taken.Count == 0)
            {
                foreach (Guid id in _store.Take(TakenAtOnce, DateOnly.FromDateTime(_clock.GetUtcNow().UtcDateTime)))
                {
                    _taken.Enqueue(id);
                }
            }

            return _taken.TryDequeue(out keyId);
        }
    }

    /// <summary>Takes a fresh key out of the pool.</summary>
    /// <exception cref="KeyPoolEmptyException">No key is ready; the work is to be tried again after the pool was filled.</exception>
    public Guid Take() => TryTake(out Guid keyId) ? keyId : throw new KeyPoolEmptyException();

    /// <summary>The key; null when it was destroyed.</summary>
    public KeyMaterial? Find(Guid keyId)
    {
        if (_unwrapped.TryGetValue(keyId, out KeyMaterial? cached))
        {
            return cached;
        }

        lock (_gate)
        {
            KeyMaterial? key = _store.Find(keyId);
            return key is null ? null : _unwrapped.Set(keyId, key, new MemoryCacheEntryOptions { Size = 1 });
        }
    }

    /// <exception cref="KeyDestroyedException">There is no such key.</exception>
    public KeyMaterial Get(Guid keyId) => Find(keyId) ?? throw new KeyDestroyedException(keyId);

    /// <summary>HMAC of a value that is unique across the installation.</summary>
    public byte[] InstallationLookup(string purpose, ReadOnlySpan<byte> value) => _installationLookup.Lookup(purpose, value);

    /// <summary>Fills the pool when it has fallen to half of what it is filled to. Returns the number of keys made.</summary>
    public int Replenish()
    {
        lock (_gate)
        {
            DateOnly month = DateOnly.FromDateTime(_clock.GetUtcNow().UtcDateTime).AddDays(-30);
            int wanted = Math.Max(SmallestPool, 3 * _store.PeakTaken(month));
            int pooled = _store.CountPooled();
            if (pooled > wanted / 2)
            {
                return 0;
            }

            EscrowedKey[] keys = [.. Enumerable.Range(0, wanted - pooled).Select(_ => Fresh(name: null))];
            _escrow.Add(keys);
            _store.Add(keys, pooled: true);
            Log.Replenished(_logger, keys.Length);
            return keys.Length;
        }
    }

    /// <summary>Takes back from the escrow what the keyring lacks of keys that are in use. Returns how many the escrow lacks too.</summary>
    public int Complete(IReadOnlyCollection<Guid> inUse)
    {
        lock (_gate)
        {
            HashSet<Guid> missing = [.. inUse.Where(id => _store.Find(id) is null)];
            if (missing.Count == 0)
            {
                return 0;
            }

            IReadOnlyList<EscrowedKey> escrowed = _escrow.ReadAll();
            if (missing.Except(escrowed.Select(key => key.Id)).Count() is > 0 and int lost)
            {
                return lost;
            }

            _store.Add(escrowed, pooled: false); // all of them: an older copy lacks people's keys too
            Log.Completed(_logger, missing.Count);
            return 0;
        }
    }

    public void Dispose()
    {
        _store.Dispose();
        _unwrapped.Dispose();
    }

    private static EscrowedKey Fresh(string? name) => new(Guid.NewGuid(), RandomNumberGenerator.GetBytes(KeyMaterial.Length), name);

    /// <summary>
    /// The last thing made in a new keyring. Where it is missing, the keyring was never finished: what is escrowed comes first, so
    /// that no second one is made beside it.
    /// </summary>
    private KeyMaterial OpenInstallationLookup()
    {
        if (_store.Named(InstallationLookupName) is null)
        {
            IReadOnlyList<EscrowedKey> escrowed = _escrow.ReadAll();
            _store.Insert(escrowed, pooled: false);
            if (escrowed.Count > 0)
            {
                Log.Rebuilt(_logger, escrowed.Count);
            }
        }

        if (_store.Named(InstallationLookupName) is null)
        {
            EscrowedKey key = Fresh(InstallationLookupName);
            _escrow.Add([key]);
            _store.Insert([key], pooled: false);
        }

        return Get(_store.Named(InstallationLookupName)!.Value);
    }

    private static partial class Log
    {
        [LoggerMessage(6001, LogLevel.Information, "Made and escrowed {Count} keys for the pool")]
        public static partial void Replenished(ILogger logger, int count);

        [LoggerMessage(6003, LogLevel.Warning, "The keyring lacked {Count} keys of workspaces; what it lacked was restored from escrow")]
        public static partial void Completed(ILogger logger, int count);

        [LoggerMessage(6002, LogLevel.Warning, "The keyring's file was missing; {Count} keys were restored from escrow")]
        public static partial void Rebuilt(ILogger logger, int count);
    }
}
