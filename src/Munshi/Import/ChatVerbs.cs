using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using Munshi.Audit;
using Munshi.CommandLine;
using Munshi.Database.Cluster;
using Munshi.Import.Backups;
using Munshi.WhatsApp.Exports;
using Munshi.Workspaces;

namespace Munshi.Import;

/// <summary><c>munshi chat read|import|imports|report|withdraw</c>.</summary>
internal static class ChatVerbs
{
    private const string DefaultZone = "Asia/Kolkata";

    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Build()
    {
        Command command = new("chat", "Chats that WhatsApp exported or backed up");
        command.Subcommands.Add(Read());
        command.Subcommands.Add(Import());
        command.Subcommands.Add(ImportVerbs.List());
        command.Subcommands.Add(ImportVerbs.Report());
        command.Subcommands.Add(ImportVerbs.Withdraw());
        return command;
    }

    private static Command Read()
    {
        Argument<string> file = File();
        Option<bool> json = VerbOptions.Json();
        Option<string?> order = Order();
        Option<string?> key = BackupVerbs.Key();
        Option<long?> chat = BackupVerbs.Chat();
        Command command = new("read", "Show what an export or a backup holds; needs no database") { file, json, order, key, chat };
        BackupVerbs.RequireKey(command, key, needing: [chat], without: [order]);
        command.OnRun(async (parsed, cancellationToken) =>
        {
            try
            {
                if (parsed.GetValue(key) is { } keyFile)
                {
                    BackupVerbs.Read(parsed.GetRequiredValue(file), keyFile, parsed.GetValue(chat), parsed.GetValue(json), cancellationToken);
                    return 0;
                }

                using ChatExport export = Open(parsed.GetRequiredValue(file), parsed.GetValue(order), cancellationToken);
                await using Stream output = Console.OpenStandardOutput();
                ExportPrinter printer = new(export, output);
                if (parsed.GetValue(json))
                {
                    printer.PrintJson(cancellationToken);
                    foreach (ExportProblem problem in export.Problems)
                    {
                        await Console.Error.WriteLineAsync(ExportSentences.Of(problem));
                    }
                }
                else
                {
                    printer.PrintText(cancellationToken);
                }

                return 0;
            }
            catch (IOException)
            {
                return 1; // whoever read the output has gone
            }
        });
        return command;
    }

    private static Command Import()
    {
        Argument<string> file = File();
        Option<string> workspace = VerbOptions.Workspace();
        Option<string?> contact = new("--contact") { Description = "The customer's number with country code; not needed where the export names them by it", HelpName = "N" };
        Option<string?> business = new("--business") { Description = "The business's name in the export; not needed where it is the workspace's", HelpName = "NAME" };
        Option<string> zone = new("--time-zone") { Description = "Where the phone was", DefaultValueFactory = _ => DefaultZone, HelpName = "Z" };
        zone.Validators.Add(result =>
        {
            if (!TimeZoneInfo.TryFindSystemTimeZoneById(result.GetValueOrDefault<string>() ?? "", out TimeZoneInfo? found) || !found.HasIanaId)
            {
                result.AddError("--time-zone must be the IANA name of a time zone, for example Asia/Kolkata.");
            }
        });
        Option<string?> order = Order();
        Option<bool> json = VerbOptions.Json();
        Option<string?> key = BackupVerbs.Key();
        Option<long?> chat = BackupVerbs.Chat();
        Command command = new("import", "Bring an export, or a chat of a backup, into the vault; the same or a longer one again adds only what is new")
        {
            file, workspace, contact, business, zone, order, key, chat, json,
        };
        BackupVerbs.RequireKey(command, key, needing: [chat], without: [business, zone, order]);
        command.OnInstallation(VerbOptions.Data(), async (installation, parsed, cancellationToken) =>
        {
            string path = parsed.GetRequiredValue(file);
            Guid clientId = await WorkspaceVerbs.RequireWholeAsync(installation, parsed.GetRequiredValue(workspace), cancellationToken);
            if (parsed.GetValue(key) is { } keyFile)
            {
                using ChatBackup backup = BackupVerbs.Open(path, keyFile, cancellationToken);
                (ImportOutcome.Imported fromBackup, IReadOnlyList<ToldProblem> met) = await BackupVerbs.ImportAsync(
                    installation, clientId, backup, path, parsed.GetValue(contact), parsed.GetValue(chat), cancellationToken);
                Print(fromBackup, met, isBackup: true, parsed.GetValue(json));
                return 0;
            }

            using ChatExport export = Open(path, parsed.GetValue(order), cancellationToken);
            ImportRequest request = new(
                Path.GetFileName(path), parsed.GetValue(contact), parsed.GetValue(business), TimeZoneInfo.FindSystemTimeZoneById(parsed.GetRequiredValue(zone)));
            ImportOutcome outcome = await installation.Get<ChatImport>().RunAsync(clientId, export, request, Actor.Operator, cancellationToken);
            if (outcome is ImportOutcome.Refused refused)
            {
                throw new RefusalException(refused.Sentence);
            }

            ImportOutcome.Imported imported = (ImportOutcome.Imported)outcome;
            Print(imported, [.. imported.Problems.Select(problem => new ToldProblem(ExportSentences.Word(problem.Kind), problem.Line, problem.Count, ExportSentences.Of(problem)))], isBackup: false, parsed.GetValue(json));
            return 0;
        });
        return command;
    }

    private static void Print(ImportOutcome.Imported imported, IReadOnlyList<ToldProblem> problems, bool isBackup, bool json)
    {
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(
                new
                {
                    read = imported.Read,
                    added = imported.Added,
                    already = imported.Already,
                    changed = imported.Changed,
                    media = imported.Media,
                    keptMedia = imported.KeptMedia,
                    refusedMedia = imported.RefusedMedia.Select(file => file.Name),
                    missingMedia = imported.MissingMedia,
                    omittedMedia = imported.OmittedMedia,
                    problems = problems.Select(problem => new { problem = problem.Word, line = problem.Line, count = problem.Count, says = problem.Says }),
                },
                Json));
            return;
        }

        Console.WriteLine($"Read {imported.Read} messages; {imported.Added} were added, {imported.Already} stood already.");
        if (imported.Changed > 0)
        {
            Console.WriteLine($"Of those, {imported.Changed} are shown here edited or deleted; that was added to them.");
        }

        foreach (TimeSpan shift in imported.Shifts.Where(shift => shift != TimeSpan.Zero).Distinct())
        {
            Console.WriteLine($"The phone's clock was {shift.Duration():h\\:mm} hours {(shift > TimeSpan.Zero ? "ahead of" : "behind")} what stood already; the new messages stand by the latter.");
        }

        Console.WriteLine(
            $"The business is {TerminalText.Line(imported.People.Business ?? "silent here")}, the customer {TerminalText.Line(imported.People.Customer ?? "silent here")}.");
        if (imported.Media + imported.MissingMedia.Count + imported.OmittedMedia > 0)
        {
            Console.WriteLine(isBackup
                ? $"Files: {imported.MissingMedia.Count} named, {imported.OmittedMedia} without a name; a backup of messages holds none of them."
                : $"Files: {imported.Media} in the archive, {imported.KeptMedia} of them kept now, {imported.MissingMedia.Count} named but not there, {imported.OmittedMedia} left out by the phone.");
        }

        foreach (RefusedFile refused in imported.RefusedMedia)
        {
            Console.WriteLine($"Not kept: {TerminalText.Line(refused.Name)} {Says(refused.Reason)}.");
        }

        foreach (ToldProblem problem in problems)
        {
            Console.WriteLine(problem.Says);
        }
    }

    private static string Says(FileRefusal reason) => reason switch
    {
        FileRefusal.Empty => "is empty",
        FileRefusal.Damaged => "is damaged in the archive",
        FileRefusal.NamedBefore => "was kept with another message that names it before",
        _ => "is there twice, encrypted, larger than 100 MB, or more than four times the archive together with the others",
    };

    private static Argument<string> File() => new("FILE") { Description = "An export: the .txt, or the .zip with it; or, with --key, a backup: msgstore.db.crypt15" };

    private static Option<string?> Order()
    {
        Option<string?> order = new("--date-order") { Description = "How the export writes dates, where it does not tell: dmy, mdy or ymd", HelpName = "ORDER" };
        order.AcceptOnlyFromAmong("dmy", "mdy", "ymd");
        return order;
    }

    /// <exception cref="RefusalException">It cannot be read, or is not an export.</exception>
    private static ChatExport Open(string path, string? order, CancellationToken cancellationToken)
    {
        DateOnly tomorrow = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(1);
        DateOrder? asked = order switch
        {
            "dmy" => DateOrder.DayMonthYear,
            "mdy" => DateOrder.MonthDayYear,
            "ymd" => DateOrder.YearMonthDay,
            _ => null,
        };
        if (NativeFile.Status(path, follow: true) is { IsRegular: false })
        {
            throw new RefusalException($"{path} is not a file, so it was not read: give the export as WhatsApp saved it."); // opening a pipe would wait for its writer
        }

        ExportOpening opening;
        try
        {
            opening = ChatExport.Open(path, asked, tomorrow, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RefusalException($"The file {path} could not be read.");
        }

        return opening switch
        {
            ExportOpening.Opened opened => opened.Export,
            ExportOpening.Refused { Reason: ExportRefusal.NotText or ExportRefusal.NotAnExport } when BackupVerbs.MayBeBackup(path) =>
                throw new RefusalException($"{path} is a backup that the phone encrypted: give its key with --key KEYFILE."),
            ExportOpening.Refused refused => throw new RefusalException(ExportSentences.Of(refused.Reason, path)),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }
}
