using Munshi.WhatsApp.Exports;

namespace Munshi.Import;

/// <summary>What has to be known of all of a file before anything of it is written.</summary>
/// <param name="Names">Of all who wrote; of more than <see cref="MostNames"/> only so many.</param>
/// <param name="Newest">The latest wall-clock time of a record; <see cref="DateTime.MinValue"/> where there is none.</param>
internal sealed record ExportSurvey(IReadOnlyList<string> Names, DateTime Newest)
{
    private const int MostNames = 100;

    public static ExportSurvey Of(IEnumerable<ExportMessage> messages)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        List<string> names = [];
        DateTime newest = DateTime.MinValue;
        foreach (ExportMessage message in messages)
        {
            newest = message.At > newest ? message.At : newest;
            if (message.From is { } name && names.Count < MostNames && seen.Add(name))
            {
                names.Add(name);
            }
        }

        return new ExportSurvey(names, newest);
    }

    public override string ToString() => nameof(ExportSurvey);
}
