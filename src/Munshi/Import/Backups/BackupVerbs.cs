using System.CommandLine;
using Munshi.Audit;
using Munshi.CommandLine;
using Munshi.Database.Cluster;
using Munshi.WhatsApp.Backups;

namespace Munshi.Import.Backups;

/// <summary>What <c>munshi chat read|import</c> does with <c>--key</c>.</summary>
internal static class BackupVerbs
{
    private const string StandardInput = "-";
    private const int KeyDigits = 64;

    public static Option<string?> Key()
    {
        Option<string?> key = new("--key")
        {
            Description = "FILE is a backup, and this file its key: encrypted_backup.key, or the 64 digits as text; - for standard input",
            HelpName = "KEYFILE",
        };
        key.Validators.Add(result =>
        {
            if (result.Tokens.Any(token => token.Value.Count(char.IsAsciiHexDigit) >= KeyDigits && token.Value.All(character => char.IsAsciiHexDigit(character) || character is ' ' or '-')))
            {
                result.AddError("--key takes the name of a file with the key, or - for standard input, and never the key itself: other users of the machine could read it.");
            }
        });
        return key;
    }

    public static Option<long?> Chat() => new("--chat") { Description = "The chat's number in the backup, as chat read lists it", HelpName = "N" };

    /// <summary>Backups and exports take different options.</summary>
    public static void RequireKey(Command command, Option<string?> key, Option[] needing, Option[] without) => command.Validators.Add(result =>
    {
        bool isBackup = result.GetResult(key) is { Implicit: false };
        foreach (Option option in (isBackup ? without : needing).Where(option => result.GetResult(option) is { Implicit: false }))
        {
            result.AddError(isBackup ? $"{option.Name} is for exports; a backup tells it." : $"{option.Name} is for backups, and needs --key.");
        }
    });

    /// <summary>Whether the file's name is that of an encrypted backup.</summary>
    public static bool MayBeBackup(string path) =>
        Path.GetExtension(path) is ['.', 'c', 'r', 'y', 'p', 't', .. { Length: > 0 } version] && version.All(char.IsAsciiDigit);

    /// <exception cref="RefusalException">It cannot be opened or read.</exception>
    public static void Read(string path, string keyFile, long? chat, bool json, CancellationToken cancellationToken)
    {
        using ChatBackup backup = Open(path, keyFile, cancellationToken);
        using Stream output = Console.OpenStandardOutput();
        BackupPrinter printer = new(output);
        if (chat is null)
        {
            printer.PrintChats(backup.Chats, json);
            return;
        }

        try
        {
            PersonsMessages person = backup.Of(Chosen(backup, chat, digits: null).Chats);
            printer.PrintMessages(person, json);
            foreach (BackupProblem problem in json ? person.Problems : [])
            {
                Console.Error.WriteLine(BackupSentences.Of(problem));
            }
        }
        catch (BackupDamagedException)
        {
            throw new RefusalException(BackupSentences.Of(BackupRefusal.BrokenDatabase, path));
        }
    }

    /// <exception cref="RefusalException">It was refused, or cannot be read.</exception>
    public static async Task<(ImportOutcome.Imported Imported, IReadOnlyList<ToldProblem> Problems)> ImportAsync(
        Installation installation, Guid clientId, ChatBackup backup, string path, string? contact, long? chat, CancellationToken cancellationToken)
    {
        string? digits = contact is null ? null : PhoneDigits.Of(contact)
            ?? throw new RefusalException("The customer's number must be 8 to 15 digits with country code, for example +91 90000 00101.");
        try
        {
            (ImportOutcome outcome, IReadOnlyList<BackupProblem> problems) = await installation.Get<BackupImport>().RunAsync(
                clientId, backup, Chosen(backup, chat, digits), Path.GetFileName(path), Actor.Operator, cancellationToken);
            return outcome is ImportOutcome.Imported imported
                ? (imported, [.. problems.Select(problem => new ToldProblem(BackupSentences.Word(problem.Kind), 0, problem.Count, BackupSentences.Of(problem)))])
                : throw new RefusalException(((ImportOutcome.Refused)outcome).Sentence);
        }
        catch (BackupDamagedException)
        {
            throw new RefusalException(BackupSentences.Of(BackupRefusal.BrokenDatabase, path));
        }
    }

    /// <exception cref="RefusalException">It cannot be opened with that key.</exception>
    public static ChatBackup Open(string path, string keyFile, CancellationToken cancellationToken)
    {
        using BackupKey key = ReadKey(keyFile);
        string folder = Path.GetTempPath();
        FileStream file = OpenFile(path, $"The file {path} could not be read.");
        try
        {
            (ChatBackup? backup, BackupRefusal? refusal) = ChatBackup.Open(file, key, folder, cancellationToken);
            return backup ?? throw new RefusalException(BackupSentences.Of(refusal!.Value, path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RefusalException($"The backup {path} could not be read, or its database has no room in {folder}; the variable TMPDIR names another folder.");
        }
    }

    private static BackupChoice.Chosen Chosen(ChatBackup backup, long? chat, string? digits) => BackupChoice.Of(backup.Chats, chat, digits) switch
    {
        BackupChoice.Chosen chosen => chosen,
        BackupChoice.Refused refused => throw new RefusalException(refused.Sentence),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static BackupKey ReadKey(string keyFile)
    {
        using Stream file = keyFile == StandardInput ? Console.OpenStandardInput() : OpenFile(keyFile, "The key could not be read from that file.");
        return BackupKey.Read(file) ?? throw new RefusalException(
            "That file holds no key of a backup: give encrypted_backup.key (59 bytes), for crypt14 the app's file called key (158 bytes), or a text with the 64 digits that WhatsApp shows.");
    }

    private static FileStream OpenFile(string path, string sentence)
    {
        if (NativeFile.Status(path, follow: true) is { IsRegular: false })
        {
            throw new RefusalException(sentence); // opening a pipe would wait for its writer
        }

        try
        {
            return new FileStream(path, new FileStreamOptions { BufferSize = 0 });
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RefusalException(sentence);
        }
    }
}
