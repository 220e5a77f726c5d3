namespace Munshi.WhatsApp.Exports;

/// <summary>A chat that WhatsApp exported: the text alone, or a zip archive with it. Layouts by observation; WhatsApp publishes none.</summary>
/// <remarks>
/// The file is walked over twice, once to learn its layout and once to read it; neither walk holds more than a buffer and the names
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
    private readonly ShapeEvidence _evidence;
    private readonly ProblemLog _problems = new();

    private ChatExport(ExportFile file, ShapeEvidence evidence, DateOrder order, DateOrderGround ground)
    {
        _file = file;
        _evidence = evidence;
        Order = order;
        Ground = ground;
    }

    public DateOrder Order { get; }

    public DateOrderGround Ground { get; }

    /// <summary>The layout, for people.</summary>
    public string Layout => _evidence.Shape.Describe(Order);

    /// <summary>What was met so far; complete once the records were read to their end.</summary>
    public IReadOnlyList<ExportProblem> Problems => _problems.All;

    /// <param name="path">A regular file.</param>
    /// <param name="order">Overrides what the file tells of its dates.</param>
    /// <param name="latest">No message can be newer than this day; it helps to tell day from month.</param>
    /// <param name="cancellationToken">Honoured between lines.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be read.</exception>
    public static ExportOpening Open(string path, DateOrder? order, DateOnly latest, CancellationToken cancellationToken)
    {
        (ExportFile? file, ExportRefusal? refusal) = ExportFile.Open(path);
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

    /// <summary>The records in the order of the file. Each call begins anew.</summary>
    /// <param name="keepRaw">Whether each record brings its own lines along.</param>
    /// <param name="cancellationToken">Honoured between lines.</param>
    public IEnumerable<ExportMessage> Read(bool keepRaw, CancellationToken cancellationToken)
    {
        _problems.Clear();
        if (Ground is DateOrderGround.Leaning or DateOrderGround.Guessed)
        {
            _problems.Add(ExportProblemKind.DateOrderUncertain, 0);
        }

        if (_evidence.Contradicts)
        {
            _problems.Add(ExportProblemKind.DateOrderContradicts, 0);
        }

        using LineReader lines = new(_file.OpenText());
        RecordReader records = new(
            lines, _evidence.Shape, Order, new SenderReader(_evidence.Names, _problems), new BodyReader(_file.EntryNames, _evidence.AppMarksItsWords), _problems, keepRaw);
        while (records.Next() is { } message)
        {
            yield return message;
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    public void Dispose() => _file.Dispose();

    private static ExportOpening Open(ExportFile file, DateOrder? asked, DateOnly latest, CancellationToken cancellationToken)
    {
        ShapeEvidence? evidence;
        try
        {
            using LineReader lines = new(file.OpenText());
            evidence = Survey.Take(lines, cancellationToken);
            if (lines.IsTooLarge)
            {
                return new ExportOpening.Refused(ExportRefusal.TooLarge);
            }
        }
        catch (InvalidDataException)
        {
            return new ExportOpening.Refused(ExportRefusal.BrokenArchive);
        }

        if (evidence is null)
        {
            return new ExportOpening.Refused(ExportRefusal.NotAnExport);
        }

        (DateOrder order, DateOrderGround ground) = asked is { } told ? (told, DateOrderGround.Certain) : evidence.Judge(latest);
        return new ExportOpening.Opened(new ChatExport(file, evidence, order, ground));
    }
}
