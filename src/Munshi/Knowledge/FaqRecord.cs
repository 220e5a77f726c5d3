namespace Munshi.Knowledge;

/// <summary>The fields of one record as they stand in the file; null where absent.</summary>
internal sealed record FaqRecord(
    int Line,
    string? Id,
    string? Question,
    string? Title,
    string? Answer,
    IReadOnlyList<string> Examples);
