using System.Text;
using System.Text.Unicode;

namespace Munshi.Knowledge;

/// <summary>Reads a workspace's FAQ from CSV or JSON Lines, UTF-8 with or without a byte order mark.</summary>
/// <remarks>Total: every input ends as <see cref="FaqReading"/>. A file whose first character is <c>{</c> is JSON Lines, any other CSV.</remarks>
internal static class FaqReader
{
    public const int MaxEntries = 5_000;

    /// <summary>10 MiB.</summary>
    public const int MaxBytes = 10 * 1024 * 1024;

    public const int MaxProblems = 100;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>How an <c>.xlsx</c> or <c>.ods</c> begins.</summary>
    private static ReadOnlySpan<byte> Zip => "PK\u0003\u0004"u8;

    /// <summary>How an <c>.xls</c> begins.</summary>
    private static ReadOnlySpan<byte> OldOffice => [0xD0, 0xCF, 0x11, 0xE0];

    /// <summary>Reads at most one byte more than <see cref="MaxBytes"/> from <paramref name="content"/>.</summary>
    public static async Task<FaqReading> ReadAsync(Stream content, CancellationToken cancellationToken)
    {
        using MemoryStream held = new();
        byte[] buffer = new byte[81_920];
        while (held.Length <= MaxBytes)
        {
            int read = await content.ReadAsync(buffer, cancellationToken);
            if (read == 0)
            {
                break;
            }

            held.Write(buffer, 0, read);
        }

        return Read(held.ToArray());
    }

    public static FaqReading Read(ReadOnlySpan<byte> content)
    {
        FaqProblems problems = new();
        if (content.Length > MaxBytes)
        {
            problems.Add(0, "file", "is larger than 10 MiB", "at most 10 MiB", FaqFault.TooLarge);
            return problems.Refuse();
        }

        if (content.StartsWith(Zip) || content.StartsWith(OldOffice))
        {
            problems.Add(0, "file", "is an Excel file", "CSV UTF-8, as Excel saves it by Save as", FaqFault.Excel);
            return problems.Refuse();
        }

        if (content.StartsWith(ByteOrderMark))
        {
            content = content[ByteOrderMark.Length..];
        }

        if (!Utf8.IsValid(content))
        {
            problems.Add(LineOfFirstInvalidByte(content), "file", "is not UTF-8", "UTF-8, with or without a byte order mark", FaqFault.NotUtf8);
            return problems.Refuse();
        }

        string text = Encoding.UTF8.GetString(content);
        IReadOnlyList<FaqRecord> records = text.AsSpan().TrimStart().StartsWith('{')
            ? FaqJsonLines.Records(text, problems)
            : FaqCsv.Records(text, problems);
        return Check(records, problems);
    }

    private static FaqReading Check(IReadOnlyList<FaqRecord> records, FaqProblems problems)
    {
        if (records.Count == 0 && !problems.Any)
        {
            problems.Add(0, "file", "has no entry", "1 to 5000 entries", FaqFault.Empty);
        }

        if (records.Count > MaxEntries)
        {
            problems.Add(records[MaxEntries].Line, "file", "has more than 5000 entries", "1 to 5000 entries");
        }

        List<FaqEntry> entries = [];
        Dictionary<string, int> lines = new(StringComparer.Ordinal);
        foreach (FaqRecord record in records.Take(MaxEntries))
        {
            if (FaqCheck.Entry(record, problems) is { } entry)
            {
                entries.Add(entry);
                if (!lines.TryAdd(entry.Id, record.Line))
                {
                    problems.Add(record.Line, "id", $"'{entry.Id}' is already used on line {lines[entry.Id]}", "each id once", FaqFault.Twice, entry.Id);
                }
            }
        }

        return problems.Any ? problems.Refuse() : new FaqReading.Read(entries);
    }

    private static int LineOfFirstInvalidByte(ReadOnlySpan<byte> content)
    {
        int line = 1;
        while (!content.IsEmpty)
        {
            int end = content.IndexOf((byte)'\n');
            if (end < 0 || !Utf8.IsValid(content[..end]))
            {
                return line;
            }

            content = content[(end + 1)..];
            line++;
        }

        return line;
    }
}
