using System.Text;
using System.Text.Unicode;

namespace Munshi.WhatsApp.Exports;

/// <summary>A chat that WhatsApp exported: the text alone, or a zip archive with it. Layouts by observation; WhatsApp publishes none.</summary>
/// <remarks>
/// The file is walked over twice, once to learn its layout and once to read it, and once more between where two people wrote nearly all and others a little; no walk holds more than a buffer and the names
/// of the people. Any bytes give records and named problems. Not safe for concurrent use.
/// </remarks>
public sealed class ChatExport : IDisposable
{
    /// <summary>2 GiB: far above the 40,000 messages that a phone exports.</summary>
    public const long MaxTextBytes = 2L * 1024 * 1024 * 1024;

    /// <summary>How many times larger than packed the text of an archive may be, above 16 MiB.</summary>
    public const int MaxRatio = 200;

    public const int MaxArchiveEntries = 50_000;

    /// <summary>1 MiB; a phone sends at most 65,536 characters.</summary>
    public const int MaxMessageBytes = 1024 * 1024;

    private readonly ExportFile _file;
    private readonly Survey _survey;
    private readonly ProblemLog _problems = new();

    private ChatExport(ExportFile file, Survey survey, DateOrder order, DateOrderGround ground)
    {
        _file = file;
        _survey = survey;
        Order = order;
        Ground = ground;
    }

    public DateOrder Order { get; }

    public DateOrderGround Ground { get; }

    /// <summary>How large the file is as it was given, packed, in bytes.</summary>
    public long Bytes => _file.Length;

    /// <summary>Whether the times tell seconds; else they are cut to the minute.</summary>
    public bool HasSeconds => _survey.Evidence.Shape.Seconds;

    /// <summary>The layout, for people.</summary>
    public string Layout => (_survey.Evidence.Shape with { TwelveHour = _survey.Evidence.IsTwelveHour }).Describe(Order);

    /// <summary>What was met so far; complete once the records were read to their end.</summary>
    public IReadOnlyList<ExportProblem> Problems => _problems.All;

    /// <summary>What stands before the first message, at most <see cref="MaxMessageBytes"/> of it; once the records were read to their end.</summary>
    public ReadOnlyMemory<byte> Preamble { get; private set; }

    /// <param name="path">A regular file.</param>
    /// <param name="order">Overrides what the file tells of its dates.</param>
    /// <param name="latest">No message can be newer than this day; it helps to tell day from month.</param>
    /// <param name="cancellationToken">Honoured between lines.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be read.</exception>
    public static ExportOpening Open(string path, DateOrder? order, DateOnly latest, CancellationToken cancellationToken)
    {
        (ExportFile? file, ExportRefusal? refusal) = ExportFile.Open(path);
        return Open(file, refusal, order, latest, cancellationToken);
    }

    /// <summary>As the other, of a stream.</summary>
    /// <param name="content">Can seek, and is read synchronously; disposed with the export, or here where it is refused.</param>
    /// <param name="name">The file's name, without a path: it may tell whom the chat is with.</param>
    /// <param name="order">Overrides what the file tells of its dates.</param>
    /// <param name="latest">No message can be newer than this day; it helps to tell day from month.</param>
    /// <param name="cancellationToken">Honoured between lines.</param>
    public static ExportOpening Open(Stream content, string name, DateOrder? order, DateOnly latest, CancellationToken cancellationToken)
    {
        (ExportFile? file, ExportRefusal? refusal) = ExportFile.Open(content, name);
        return Open(file, refusal, order, latest, cancellationToken);
    }

    private static ExportOpening Open(ExportFile? file, ExportRefusal? refusal, DateOrder? order, DateOnly latest, CancellationToken cancellationToken)
    {
        if (file is null)
        {
            return new ExportOpening.Refused(refusal!.Value);
        }

        ExportOpening opening;
        try
        {
            opening = Open(file, order, latest, cancellationToken);
        }
        catch
        {
            file.Dispose();
            throw;
        }

        if (opening is ExportOpening.Refused)
        {
            file.Dispose();
        }

        return opening;
    }

    /// <summary>The SHA-256 of the whole file as it stands, 32 bytes.</summary>
    public byte[] Hash() => _file.Hash();

    /// <summary>Whether the archive holds a file of that name; false where there is no archive.</summary>
    public bool Holds(string attachment) => _file.EntryNames?.Contains(MediaNames.Compared(attachment)) == true;

    /// <summary>The file itself, forwards only. It never gives more than its length; read to its end, it is what the archive says.</summary>
    /// <param name="attachment">Its name.</param>
    /// <param name="most">In bytes; nothing is unpacked of a longer one.</param>
    /// <param name="length">In bytes, unpacked.</param>
    /// <returns>Null where there is none of that name, or several, or it is longer or encrypted.</returns>
    /// <exception cref="InvalidDataException">The archive is damaged there; also while it is read.</exception>
    public Stream? OpenFile(string attachment, long most, out long length) => _file.OpenFile(attachment, most, out length);

    /// <summary>The chat's text from its beginning, unpacked, as UTF-8 without a byte order mark: what offsets count in. One stream or walk at a time.</summary>
    public Stream OpenText() => _file.OpenText();

    /// <summary>The records in the order of the file. Each call begins anew.</summary>
    /// <param name="keepRaw">Whether each record brings its own bytes along.</param>
    /// <param name="cancellationToken">Honoured between records.</param>
    public IEnumerable<ExportMessage> Read(bool keepRaw, CancellationToken cancellationToken)
    {
        BodyReader bodies = new(_file.EntryNames, _survey.Evidence);
        using ExportRecords records = Records();
        while (records.MoveNext())
        {
            yield return Message(records.Current, bodies, keepRaw);
            cancellationToken.ThrowIfCancellationRequested();
        }

        Preamble = records.Preamble.ToArray();
    }

    /// <summary>The records as slices, nothing decoded, in the order of the file. Each call begins anew.</summary>
    public ExportRecords Records()
    {
        _problems.Clear();
        if (Ground is DateOrderGround.Leaning or DateOrderGround.Guessed)
        {
            _problems.Add(ExportProblemKind.DateOrderUncertain, 0);
        }

        if (_survey.Evidence.Contradicts)
        {
            _problems.Add(ExportProblemKind.DateOrderContradicts, 0);
        }

        if (_file.HasTwins)
        {
            _problems.Add(ExportProblemKind.FilesOfOneName, 0);
        }

        SenderReader senders = new(_survey.Evidence.Names, _survey.Evidence.Shape.IsApple, _file.ChatName, _problems);
        return new ExportRecords(new LineReader(_file.OpenText()), _survey, Order, senders, _problems);
    }

    public void Dispose() => _file.Dispose();

    private static ExportOpening Open(ExportFile file, DateOrder? asked, DateOnly latest, CancellationToken cancellationToken)
    {
        Survey? survey;
        try
        {
            using LineReader lines = new(file.OpenText());
            survey = Survey.Take(lines, cancellationToken);
            if (lines.IsTooLarge)
            {
                return new ExportOpening.Refused(ExportRefusal.TooLarge);
            }
        }
        catch (InvalidDataException)
        {
            return new ExportOpening.Refused(ExportRefusal.BrokenArchive);
        }

        if (survey is null)
        {
            return new ExportOpening.Refused(file.IsText() ? ExportRefusal.NotAnExport : ExportRefusal.NotText);
        }

        (DateOrder order, DateOrderGround ground) = asked is { } told ? (told, DateOrderGround.Certain) : survey.Evidence.Judge(latest);
        if (!survey.Evidence.Shape.IsApple && PastedRuns.MayBeIn(survey.Evidence.Names))
        {
            using LineReader again = new(file.OpenText());
            survey = survey with { Pasted = PastedRuns.Find(again, survey.Evidence.Shape, order, cancellationToken) };
        }

        return new ExportOpening.Opened(new ChatExport(file, survey, order, ground));
    }

    private ExportMessage Message(in ExportRecord record, BodyReader bodies, bool keepRaw)
    {
        string text = Encoding.UTF8.GetString(record.Body);
        if ((text.Contains('\uFFFD', StringComparison.Ordinal) || record.From?.Contains('\uFFFD', StringComparison.Ordinal) == true) && !Utf8.IsValid(record.Raw))
        {
            _problems.Add(ExportProblemKind.InvalidUtf8, record.Line);
        }

        text = record.Body.Contains((byte)'\r') ? text.Replace("\r\n", "\n", StringComparison.Ordinal) : text;
        BodyContent content = record.IsRest ? new BodyContent(record.From is null ? ExportKind.System : ExportKind.Text, text)
            : record.From is null ? BodyReader.ReadOfTheApp(text)
            : bodies.Read(text, record.HasFile);
        if (content.IsUnknownMarker)
        {
            _problems.Add(ExportProblemKind.UnknownMarker, record.Line);
        }

        return new ExportMessage
        {
            Line = record.Line,
            Offset = record.Offset,
            Length = record.Raw.Length,
            At = record.At,
            From = record.From,
            Kind = content.Kind,
            Text = content.Text,
            Attachment = content.Attachment,
            Media = content.Media,
            Edited = content.Edited,
            IsCut = record.IsCut,
            Raw = keepRaw ? record.Raw.ToArray() : null,
        };
    }
}
