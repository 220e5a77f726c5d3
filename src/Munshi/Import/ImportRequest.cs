namespace Munshi.Import;

/// <summary>What is asked for beside the file.</summary>
/// <param name="FileName">Its name, without a path.</param>
/// <param name="Contact">The customer's number as typed; null when the export has it.</param>
/// <param name="Business">The business's name in the export; null when it can be told otherwise.</param>
/// <param name="TimeZone">Where the phone was.</param>
internal sealed record ImportRequest(string FileName, string? Contact, string? Business, TimeZoneInfo TimeZone)
{
    public override string ToString() => nameof(ImportRequest);
}
