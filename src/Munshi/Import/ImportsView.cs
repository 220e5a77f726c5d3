using Munshi.Import.Uploading;
using Munshi.Vault.Importing;

namespace Munshi.Import;

/// <summary>A page of the imports.</summary>
/// <param name="Imports">Newest first.</param>
/// <param name="IsTop">Whether nothing newer stands above.</param>
/// <param name="Before">Where the next page begins; null where there is none.</param>
/// <param name="IsDone">Whether one was taken back just now.</param>
public sealed record ImportsView(IReadOnlyList<ImportListing> Imports, bool IsTop, Guid? Before, bool IsDone)
{
    /// <summary>Uploads that are under way, were refused or broken off, newest first.</summary>
    public IReadOnlyList<UploadView> Uploads { get; init; } = [];

    public UploadDraft Draft { get; init; } = UploadDraft.Empty;

    public override string ToString() => nameof(ImportsView);
}
