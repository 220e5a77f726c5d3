using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Munshi.CommandLine;
using Munshi.Ledger;

namespace Munshi.Archives.Importing;

/// <summary>One of the files of an archive's <c>data/</c>.</summary>
/// <param name="Name">Without folder and ending.</param>
internal abstract record DataFile(string Name)
{
    /// <summary>Base64 of what a phone can send, and more than any exported row has.</summary>
    public const int LongestLine = 64 * 1024 * 1024;

    /// <summary>Below the archive's folder.</summary>
    public string Path => $"data/{Name}.jsonl";

    /// <param name="line">Counted from 1.</param>
    /// <param name="what">What is expected.</param>
    public RefusalException Refused(long line, string what) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{Path}, line {line}, is not of the form that docs/data-format.md gives: {what}."));
}

/// <param name="Name">Without folder and ending.</param>
/// <param name="Read">Of a line.</param>
/// <param name="Order">By which the lines ascend, byte by byte; no two have the same.</param>
internal sealed record DataFile<T>(string Name, Func<ArchiveLine, T> Read, Func<T, string> Order) : DataFile(Name)
{
    private const int LinesAtOnce = 500;
    private const long BytesAtOnce = 8 * 1024 * 1024;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 64 };

    /// <summary>By which others refer to a line; null where none does.</summary>
    public Func<T, Guid>? IdOf { get; init; }

    /// <summary>What a line refers to and cannot be taken over without.</summary>
    public Func<T, IEnumerable<DataReference>> Needs { get; init; } = _ => [];

    /// <summary>Its lines in batches, the same ones each time that it is read.</summary>
    /// <exception cref="RefusalException">A line is not of its form, or the file is not the one that was signed.</exception>
    public IEnumerable<LineBatch<T>> Batches(CheckedArchive archive)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        List<T> batch = [];
        string before = "";
        long bytes = 0;
        long last = 0;
        foreach ((long number, ReadOnlyMemory<byte> line) in archive.Lines(this))
        {
            T value = Parse(number, line);
            string order = Order(value);
            if (string.CompareOrdinal(order, before) <= 0)
            {
                throw Refused(number, "each line must stand behind those with smaller ids, and no id twice");
            }

            before = order;
            hash.AppendData(line.Span);
            hash.AppendData("\n"u8);
            batch.Add(value);
            bytes += line.Length;
            last = number;
            if (batch.Count == LinesAtOnce || bytes >= BytesAtOnce)
            {
                yield return new LineBatch<T>(batch, last, new Digest(hash.GetHashAndReset()));
                batch = [];
                bytes = 0;
            }
        }

        if (batch.Count > 0)
        {
            yield return new LineBatch<T>(batch, last, new Digest(hash.GetHashAndReset()));
        }
    }

    private T Parse(long number, ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(bytes, Strict);
            ArchiveLine line = new(document.RootElement);
            T value = Read(line);
            line.End();
            return value;
        }
        catch (LineFormException form)
        {
            throw Refused(number, form.Message);
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            throw Refused(number, "a JSON object in UTF-8 is expected");
        }
    }
}
