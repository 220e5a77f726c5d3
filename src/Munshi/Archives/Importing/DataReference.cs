namespace Munshi.Archives.Importing;

/// <summary>That a line names another one.</summary>
/// <param name="Member">In which it does.</param>
/// <param name="Of">The file in which the other one stands, which is checked before the line's own, or is the same.</param>
/// <param name="Id">The other one; null where it names none.</param>
internal readonly record struct DataReference(string Member, DataFile Of, Guid? Id);
