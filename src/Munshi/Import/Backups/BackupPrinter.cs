using System.Globalization;
using System.Text;
using System.Text.Json;
using Munshi.WhatsApp.Exports;

namespace Munshi.Import.Backups;

/// <summary>Writes what a backup holds for programs, a JSON object a line, or for people.</summary>
internal sealed class BackupPrinter(Stream output)
{
    private const int BufferBytes = 64 * 1024;

    public void PrintChats(IReadOnlyList<BackupChat> chats, bool asJson)
    {
        using StreamWriter text = Text();
        if (!asJson)
        {
            text.WriteLine(FormattableString.Invariant($"{chats.Count} chats; --chat N shows one of them"));
        }

        foreach (BackupChat chat in chats)
        {
            text.WriteLine(asJson ? Json(chat) : Line(chat));
        }
    }

    public void PrintMessages(PersonsMessages person, bool asJson)
    {
        if (asJson)
        {
            PrintJson(person);
            return;
        }

        using StreamWriter text = Text();
        foreach (ExportMessage message in person.Read())
        {
            text.WriteLine(FormattableString.Invariant($"{message.At:yyyy-MM-dd HH:mm}Z  {ExportPrinter.Line(message)}"));
        }

        foreach (BackupProblem problem in person.Problems)
        {
            text.WriteLine($"Problem: {BackupSentences.Of(problem)}");
        }
    }

    private StreamWriter Text() => new(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), BufferBytes);

    private void PrintJson(PersonsMessages person)
    {
        using BufferedStream buffered = new(output, BufferBytes);
        using Utf8JsonWriter json = new(buffered, ExportPrinter.Options);
        foreach (ExportMessage message in person.Read())
        {
            ExportPrinter.WriteJson(json, message, message.At.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture));
            buffered.WriteByte((byte)'\n');
        }
    }

    private static string Json(BackupChat chat) => JsonSerializer.Serialize(
        new
        {
            chat = chat.Id,
            kind = Word(chat.Kind),
            number = chat.Digits is null ? null : $"+{chat.Digits}",
            name = chat.Name,
            messages = chat.Messages,
            first = chat.First,
            last = chat.Last,
        },
        JsonOptions);

    private static readonly JsonSerializerOptions JsonOptions = new() { Encoder = ExportPrinter.Options.Encoder };

    private static string Line(BackupChat chat)
    {
        string who = string.Join(' ', new[] { chat.Digits is null ? null : $"+{chat.Digits}", chat.Name is null ? null : TerminalText.Line(chat.Name) }.OfType<string>());
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{chat.Id}\t{Word(chat.Kind)}\t{(who.Length > 0 ? who : "(number unknown)")}\t{chat.Messages} messages\t{chat.First:yyyy-MM-dd} to {chat.Last:yyyy-MM-dd}");
    }

    private static string Word(BackupChatKind kind) => kind switch
    {
        BackupChatKind.Person => "person",
        BackupChatKind.Group => "group",
        _ => "other",
    };
}
