using System.Collections.Concurrent;
using System.Security.Cryptography;
using Munshi.CommandLine;
using Munshi.Keyring;

namespace Munshi.Tests.Keyring;

public sealed class KeyCustodianTests : IDisposable
{
    private static readonly SealContext Context = new(Guid.NewGuid(), Guid.NewGuid(), "vault.message.text_sealed");

    private readonly KeyringBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task No_key_is_handed_out_twice_over_two_processes_and_eight_threads()
    {
        KeyCustodian[] custodians = [_bench.OpenFilled(), _bench.Open()];
        ConcurrentBag<Guid> taken = [];

        await Task.WhenAll(Enumerable.Range(0, 8).Select(thread => Task.Run(() =>
        {
            while (custodians[thread % 2].TryTake(out Guid id))
            {
                taken.Add(id);
            }
        }, TestContext.Current.CancellationToken)));

        Assert.Equal(KeyCustodian.SmallestPool, taken.Count);
        Assert.Equal(KeyCustodian.SmallestPool, taken.Distinct().Count());
    }

    [Fact]
    public void A_key_that_is_handed_out_is_in_escrow_and_is_the_same_there()
    {
        KeyCustodian custodian = _bench.OpenFilled();
        List<Guid> taken = KeyringBench.Drain(custodian);

        Dictionary<Guid, byte[]> escrowed = _bench.Escrow().ReadAll().ToDictionary(key => key.Id, key => key.Material);

        Assert.Equal(KeyCustodian.SmallestPool, taken.Count);
        Assert.All(taken, id =>
        {
            byte[] value = SealedValue.Seal(custodian.Get(id), Context, "kept");
            Assert.Equal("kept", SealedValue.OpenText(new KeyMaterial(escrowed[id]), Context, value));
        });
    }

    [Fact]
    public void Keys_whose_escrow_fails_do_not_come_into_the_pool()
    {
        KeyCustodian custodian = _bench.Open();
        Directory.Delete(_bench.Location.EscrowDirectory, recursive: true);
        File.WriteAllText(_bench.Location.EscrowDirectory, "in the way");

        Assert.ThrowsAny<IOException>(() => custodian.Replenish());

        Assert.False(custodian.TryTake(out _));
    }

    [Fact]
    public void A_lost_file_is_rebuilt_from_escrow_and_everything_opens()
    {
        KeyCustodian custodian = _bench.OpenFilled();
        Guid used = custodian.Take();
        byte[] value = SealedValue.Seal(custodian.Get(used), Context, "kept");
        byte[] lookup = custodian.InstallationLookup("phone-number-id", "100000000000001"u8);
        _bench.Close();
        File.Delete(_bench.KeyFile);

        KeyCustodian rebuilt = _bench.Open();

        Assert.Equal("kept", SealedValue.OpenText(rebuilt.Get(used), Context, value));
        Assert.Equal(lookup, rebuilt.InstallationLookup("phone-number-id", "100000000000001"u8));
    }

    [Fact]
    public void A_rebuilt_keyring_hands_out_no_key_a_second_time()
    {
        KeyCustodian custodian = _bench.OpenFilled();
        HashSet<Guid> earlier = [.. _bench.Escrow().ReadAll().Select(key => key.Id)];
        custodian.Take();
        _bench.Close();
        File.Delete(_bench.KeyFile);

        KeyCustodian rebuilt = _bench.Open();

        Assert.False(rebuilt.TryTake(out _));
        Assert.Equal(KeyCustodian.SmallestPool, rebuilt.Replenish());
        Assert.DoesNotContain(KeyringBench.Drain(rebuilt), earlier.Contains);
    }

    [Fact]
    public void A_rebuilding_that_was_cut_off_is_done_again()
    {
        KeyCustodian custodian = _bench.OpenFilled();
        Guid used = custodian.Take();
        _bench.Close();
        File.Delete(_bench.KeyFile);

        // As far as a process comes that is killed right after it made the file.
        using (new KeyStore(KeyringConnection.Open(_bench.KeyFile), File.ReadAllBytes(_bench.RootKeyFile)))
        {
        }

        Assert.NotNull(_bench.Open().Find(used));
    }

    [Fact]
    public void An_installation_key_that_was_escrowed_but_not_kept_is_the_one_that_counts()
    {
        _bench.Open();
        _bench.Close();
        File.Delete(_bench.KeyFile);
        Directory.Delete(_bench.Location.EscrowDirectory, recursive: true);
        Directory.CreateDirectory(_bench.Location.EscrowDirectory);
        EscrowedKey first = new(Guid.NewGuid(), RandomNumberGenerator.GetBytes(32), "installation-lookup");
        _bench.Escrow().Add([first]);

        byte[] lookup = _bench.Open().InstallationLookup("phone-number-id", "1"u8);

        Assert.Equal(new KeyMaterial(first.Material).Lookup("phone-number-id", "1"u8), lookup);
        Assert.Single(_bench.Escrow().ReadAll(), key => key.Name is not null);
    }

    [Fact]
    public async Task Processes_that_start_at_once_in_an_empty_directory_agree_on_every_key()
    {
        KeyCustodian[] custodians = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(_bench.Open, TestContext.Current.CancellationToken)));
        custodians[0].Replenish();
        Guid id = custodians[0].Take();

        Assert.Single(custodians.Select(custodian => Convert.ToHexString(custodian.InstallationLookup("phone-number-id", "1"u8))).Distinct());
        Assert.All(custodians, custodian => Assert.NotNull(custodian.Find(id)));
        Assert.Single(_bench.Escrow().ReadAll(), key => key.Name is not null);
    }

    [Fact]
    public void Another_root_key_is_refused_in_a_sentence()
    {
        _bench.OpenFilled();
        _bench.Close();
        File.WriteAllBytes(_bench.RootKeyFile, RandomNumberGenerator.GetBytes(32));

        RefusalException refusal = Assert.Throws<RefusalException>(_bench.Open);

        Assert.Contains("keyring/keyring.db", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_epoch_key_does_not_rebuild()
    {
        _bench.OpenFilled();
        _bench.Close();
        File.Delete(_bench.KeyFile);
        File.WriteAllBytes(_bench.EpochKeyFile, RandomNumberGenerator.GetBytes(32));

        Assert.Throws<RefusalException>(_bench.Open);
    }

    [Fact]
    public void A_missing_root_key_is_asked_for_and_not_made_anew()
    {
        _bench.Open();
        _bench.Close();
        File.Delete(_bench.RootKeyFile);

        RefusalException refusal = Assert.Throws<RefusalException>(_bench.Open);

        Assert.StartsWith("secrets/root.key is missing", refusal.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_bench.RootKeyFile));
    }

    [Fact]
    public void A_missing_epoch_key_is_asked_for_and_not_made_anew()
    {
        _bench.Open();
        _bench.Close();
        File.Delete(_bench.EpochKeyFile);

        RefusalException refusal = Assert.Throws<RefusalException>(_bench.Open);

        Assert.StartsWith("secrets/epoch-1.key is missing", refusal.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_bench.EpochKeyFile));
    }

    [Fact]
    public void A_root_key_of_another_length_is_refused()
    {
        _bench.Open();
        _bench.Close();
        File.WriteAllBytes(_bench.RootKeyFile, new byte[31]);

        Assert.Contains("must be 32 bytes", Assert.Throws<RefusalException>(_bench.Open).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_and_directories_are_the_services_alone()
    {
        _bench.OpenFilled();

        KeyringLocation location = _bench.Location;
        string[] directories = [location.KeyringDirectory, location.SecretsDirectory, location.EscrowDirectory];
        const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.All(
            directories.SelectMany(directory => Directory.EnumerateDirectories(directory, "*", SearchOption.AllDirectories).Append(directory)),
            directory => Assert.Equal((directory, OwnerOnly | UnixFileMode.UserExecute), (directory, File.GetUnixFileMode(directory))));
        Assert.All(
            directories.SelectMany(directory => Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories)),
            file => Assert.Equal((file, OwnerOnly), (file, File.GetUnixFileMode(file))));
    }

    [Fact]
    public void A_pool_above_half_is_left_alone_and_one_below_is_filled()
    {
        KeyCustodian custodian = _bench.Open();

        Assert.Equal(KeyCustodian.SmallestPool, custodian.Replenish());
        Assert.Equal(0, custodian.Replenish());
        for (int taken = 0; taken < (KeyCustodian.SmallestPool / 2) + 1; taken++)
        {
            custodian.Take();
        }

        Assert.InRange(custodian.Replenish(), KeyCustodian.SmallestPool / 2, 3 * KeyCustodian.SmallestPool);
    }

    [Fact]
    public void A_pool_holds_three_days_of_the_busiest_day_of_thirty()
    {
        KeyCustodian custodian = _bench.OpenFilled();
        Assert.Equal(4096, KeyringBench.Drain(custodian).Count);

        Assert.Equal(3 * 4096, custodian.Replenish());
    }

    [Fact]
    public void A_busy_day_more_than_thirty_days_ago_no_longer_counts()
    {
        KeyCustodian custodian = _bench.OpenFilled();
        KeyringBench.Drain(custodian);
        _bench.Clock.Now += TimeSpan.FromDays(31);

        Assert.Equal(KeyCustodian.SmallestPool, custodian.Replenish());
    }

    [Fact]
    public void An_empty_pool_says_so()
    {
        KeyCustodian custodian = _bench.Open();

        Assert.False(custodian.TryTake(out _));
        Assert.Throws<KeyPoolEmptyException>(() => custodian.Take());
    }

    [Fact]
    public void A_key_that_is_not_there_is_named_by_id_only()
    {
        Guid id = Guid.NewGuid();

        Assert.Null(_bench.Open().Find(id));
        Assert.Equal(id, Assert.Throws<KeyDestroyedException>(() => _bench.Open().Get(id)).KeyId);
    }
}
