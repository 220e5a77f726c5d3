using System.Text.Json;
using System.Text.Json.Serialization;
using Munshi.WhatsApp.Exports;

namespace Munshi.Import.Uploading;

/// <summary>What was met in an export that was imported, without a word of it.</summary>
/// <param name="Already">Messages that stood already.</param>
/// <param name="Changed">Of those: shown edited or deleted, as was not known before.</param>
/// <param name="MissingFiles">Named, and not in the archive.</param>
/// <param name="OmittedFiles">Left out by the phone.</param>
/// <param name="ShiftMinutes">What the phone's clock was more than the one of what stood already, each once.</param>
/// <param name="Findings">Problems of the file, in the order in which they were met.</param>
public sealed record UploadReport(
    long Already, long Changed, long MissingFiles, long OmittedFiles, IReadOnlyList<int> ShiftMinutes, IReadOnlyList<UploadFinding> Findings)
{
    private const int MostShifts = 20;

    private static readonly string[] DoubtfulTimes =
        [ExportSentences.Word(ExportProblemKind.DateOrderUncertain), ExportSentences.Word(ExportProblemKind.DateOrderContradicts), ExportSentences.Word(ExportProblemKind.UnknownDayPeriod)];

    internal static UploadReport Of(ImportOutcome.Imported imported) => new(
        imported.Already,
        imported.Changed,
        imported.MissingMedia.Count,
        imported.OmittedMedia,
        [.. imported.Shifts.Where(shift => shift != TimeSpan.Zero).Distinct().Take(MostShifts).Select(shift => (int)shift.TotalMinutes)],
        [.. imported.Problems.Select(problem => new UploadFinding(ExportSentences.Word(problem.Kind), problem.Line, problem.Count))]);

    /// <summary>Whether days or times of the messages may be wrong, as is mended by giving the file again.</summary>
    [JsonIgnore]
    public bool HasDoubtfulTimes => Findings.Any(finding => DoubtfulTimes.Contains(finding.Word));

    internal string ToJson() => JsonSerializer.Serialize(this);

    internal static UploadReport Read(string json) => JsonSerializer.Deserialize<UploadReport>(json)!;

    public override string ToString() => nameof(UploadReport);
}
