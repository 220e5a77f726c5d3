using System.Buffers;

namespace Munshi.Knowledge;

/// <summary>Checks one record against the limits of <see cref="FaqEntry"/>.</summary>
internal static class FaqCheck
{
    private static readonly SearchValues<char> IdCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");

    /// <returns>The entry, or null when a problem was added.</returns>
    public static FaqEntry? Entry(FaqRecord record, FaqProblems problems)
    {
        string id = record.Id?.Trim() ?? "";
        string question = record.Question?.Trim() ?? "";
        string answer = record.Answer?.Trim() ?? "";
        string? title = string.IsNullOrWhiteSpace(record.Title) ? null : record.Title.Trim();
        List<string> examples = [.. record.Examples.Select(example => example.Trim()).Where(example => example.Length > 0)];

        bool sound = Id(record.Line, id, problems)
            & Length(record.Line, "question", question, FaqEntry.MaxQuestionLength, problems)
            & Length(record.Line, "answer", answer, FaqEntry.MaxAnswerLength, problems)
            & Title(record.Line, title, problems)
            & Examples(record.Line, examples, problems);
        return sound
            ? new FaqEntry { Id = id, Question = question, Title = title, Answer = answer, Examples = examples }
            : null;
    }

    private static bool Id(int line, string id, FaqProblems problems)
    {
        const string Allowed = "1 to 64 of A-Z a-z 0-9 . _ -";
        if (id.Length == 0)
        {
            problems.Add(line, "id", "is missing", Allowed, FaqFault.Missing);
            return false;
        }

        if (id.Length > FaqEntry.MaxIdLength)
        {
            problems.Add(line, "id", $"has {id.Length} characters", Allowed, FaqFault.TooLong);
            return false;
        }

        if (id.AsSpan().ContainsAnyExcept(IdCharacters))
        {
            problems.Add(line, "id", "has a character that is not allowed", Allowed, FaqFault.Letters);
            return false;
        }

        return true;
    }

    private static bool Length(int line, string field, string value, int most, FaqProblems problems)
    {
        string allowed = $"1 to {most} characters";
        if (value.Length == 0)
        {
            problems.Add(line, field, "is missing", allowed, FaqFault.Missing);
            return false;
        }

        if (value.Length > most)
        {
            problems.Add(line, field, $"has {value.Length} characters", allowed, FaqFault.TooLong);
            return false;
        }

        return Storable(line, field, value, problems);
    }

    private static bool Title(int line, string? title, FaqProblems problems)
    {
        if (title is null)
        {
            return true;
        }

        int length = title.EnumerateRunes().Count();
        if (length > FaqEntry.MaxTitleLength)
        {
            problems.Add(line, "title", $"has {length} characters", "at most 24 characters", FaqFault.TooLong);
            return false;
        }

        return Storable(line, "title", title, problems);
    }

    private static bool Examples(int line, List<string> examples, FaqProblems problems)
    {
        if (examples.Count > FaqEntry.MaxExamples)
        {
            problems.Add(line, "examples", $"has {examples.Count} examples", "at most 50 examples", FaqFault.TooLong);
            return false;
        }

        bool sound = true;
        foreach (string example in examples)
        {
            sound &= Length(line, "examples", example, FaqEntry.MaxExampleLength, problems);
        }

        return sound;
    }

    /// <summary>PostgreSQL's <c>text</c> cannot hold U+0000.</summary>
    private static bool Storable(int line, string field, string value, FaqProblems problems)
    {
        if (value.Contains('\0', StringComparison.Ordinal))
        {
            problems.Add(line, field, "has a NUL character", "text without NUL characters");
            return false;
        }

        return true;
    }
}
