namespace Munshi.Import.Uploading;

/// <summary>A problem of an uploaded file.</summary>
/// <param name="Word">As in <c>Imports.Finding.*</c>.</param>
/// <param name="Line">Where it was met first, from 1; 0 where that is nowhere.</param>
/// <param name="Count">How often.</param>
public sealed record UploadFinding(string Word, long Line, long Count);
