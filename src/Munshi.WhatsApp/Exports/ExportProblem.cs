namespace Munshi.WhatsApp.Exports;

/// <summary>Something in an export that could not be taken as it stands.</summary>
/// <param name="Kind">What.</param>
/// <param name="Line">The first line where it was met, from 1; 0 where it concerns the whole.</param>
/// <param name="Count">How often.</param>
public sealed record ExportProblem(ExportProblemKind Kind, long Line, long Count);
