using System.Diagnostics;
using Munshi.Tests.Running;
using Munshi.WhatsApp.Tests.Backups.Making;

namespace Munshi.Tests.Import.Backups;

/// <summary><c>munshi chat</c> with a backup, as a process of its own.</summary>
public sealed class BackupVerbTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("munshi-backup-verb-").FullName;
    private readonly string _temporary;
    private readonly string _backup;
    private readonly string _key;

    public BackupVerbTests()
    {
        _temporary = Directory.CreateDirectory(Path.Combine(_directory, "temporary")).FullName;
        PhoneDatabase phone = new();
        long chat = phone.Chat("919000000101");
        phone.Message(chat, 0.25, "hello");
        phone.Message(chat, 60, "odd", type: 777);
        phone.Message(phone.Chat("120363000000000001", "g.us", "Saree \u001blovers"), 10, "all");
        _backup = Write("msgstore.db.crypt15", phone.Backup());
        _key = Write("encrypted_backup.key", BackupMaker.KeyFile);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task Read_lists_the_chats()
    {
        (int code, string output, string errors) = await RunAsync(null, "read", _backup, "--key", _key);

        Assert.Equal((0, ""), (code, errors));
        Assert.Equal(
            "2 chats; --chat N shows one of them\n1\tperson\t+919000000101\t2 messages\t2021-01-13 to 2021-01-13\n2\tgroup\tSaree \uFFFDlovers\t1 messages\t2021-01-13 to 2021-01-13\n",
            output);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_temporary));
    }

    [Fact]
    public async Task Read_prints_a_chat_s_messages_as_those_of_an_export_with_the_key_from_standard_input()
    {
        (int code, string output, string errors) = await RunAsync(BackupMaker.Digits, "read", _backup, "--key", "-", "--chat", "1", "--json");

        Assert.Equal(0, code);
        Assert.Equal(
            """
            {"at":"2021-01-13T04:30:00.250Z","from":"+919000000101","kind":"text","text":"hello","attachment":null,"edited":false}
            {"at":"2021-01-13T04:31:00.000Z","from":"+919000000101","kind":"text","text":"odd","attachment":null,"edited":false}

            """,
            output);
        Assert.Equal("Messages of the kind 777 are not known; their words and files were taken, nothing else of them. (1 in all)\n", errors);
    }

    [Fact]
    public async Task What_cannot_be_read_is_said_in_one_sentence()
    {
        string other = Write("other.txt", [.. new string('7', 64).Select(digit => (byte)digit)]);
        string noKey = Write("no.key", "a letter"u8.ToArray());
        string torn = Write("torn.crypt15", File.ReadAllBytes(_backup)[..^100]);
        (string[] Arguments, string Sentence)[] cases =
        [
            ([_backup, "--key", other], $"This is not the key of the backup {_backup}. A password or passkey is not the key: WhatsApp shows the 64 digits when the backup is set up with them."),
            ([_backup, "--key", noKey], "That file holds no key of a backup: give encrypted_backup.key (59 bytes), for crypt14 the app's file called key (158 bytes), or a text with the 64 digits that WhatsApp shows."),
            ([_backup, "--key", "missing.key"], "The key could not be read from that file."),
            ([torn, "--key", _key], $"The key fits, but the backup {torn} was cut off or changed on its way, so nothing of it was read: copy it again."),
            ([_key, "--key", _key], $"The file {_key} is not a backup that WhatsApp on Android writes: give msgstore.db.crypt15 as it lies on the phone."),
            ([_backup, "--key", _key, "--chat", "2"], "Chat 2 is a group's, and only chats with one customer can be read and imported."),
            ([_backup], $"{_backup} is a backup that the phone encrypted: give its key with --key KEYFILE."),
        ];
        foreach ((string[] arguments, string sentence) in cases)
        {
            Assert.Equal((1, "", sentence + "\n"), await RunAsync(null, ["read", .. arguments]));
        }

        Assert.Empty(Directory.EnumerateFileSystemEntries(_temporary));
    }

    [Fact]
    public async Task A_key_among_the_arguments_is_wrong_usage_and_is_not_repeated()
    {
        (int code, string output, string errors) = await RunAsync(null, "read", _backup, "--key", BackupMaker.Digits);

        Assert.Equal(2, code);
        Assert.Contains("never the key itself", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("0123456789abcdef0123", output + errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("read", "FILE", "--chat", "1")]
    [InlineData("read", "FILE", "--key", "KEY", "--date-order", "dmy")]
    [InlineData("import", "FILE", "--workspace", "shop", "--key", "KEY", "--time-zone", "Asia/Kolkata")]
    [InlineData("import", "FILE", "--workspace", "shop", "--key", "KEY", "--business", "Asha")]
    public async Task Options_of_exports_and_of_backups_do_not_mix(params string[] arguments) => Assert.Equal(2, (await RunAsync(null, arguments)).Code);

    [Theory]
    [InlineData("read")]
    [InlineData("import")]
    public async Task Help_tells_of_the_key(string verb)
    {
        (int code, string output, _) = await RunAsync(null, verb, "--help");

        Assert.Equal(0, code);
        Assert.Contains("--key <KEYFILE>", output, StringComparison.Ordinal);
        Assert.Contains("--chat <N>", output, StringComparison.Ordinal);
    }

    private string Write(string name, byte[] content)
    {
        string path = Path.Combine(_directory, name);
        File.WriteAllBytes(path, content);
        return path;
    }

    private async Task<(int Code, string Output, string Errors)> RunAsync(string? input, params string[] arguments)
    {
        string configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
        ProcessStartInfo start = new(RepositoryFiles.Path($"artifacts/bin/Munshi/{configuration}/munshi"), ["chat", .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["TMPDIR"] = _temporary;
        using Process process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        Task<string> errors = process.StandardError.ReadToEndAsync(Cancellation);
        string output = await process.StandardOutput.ReadToEndAsync(Cancellation);
        await process.WaitForExitAsync(Cancellation);
        return (process.ExitCode, output, await errors);
    }
}
