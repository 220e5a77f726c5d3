namespace Munshi.Knowledge;

/// <param name="Name">As in <see cref="ConceptTable"/>.</param>
/// <param name="Number">Position in <see cref="ConceptTable.All"/>.</param>
/// <param name="Weight">1 for a word that says what is asked about; less for one that only shapes the question, such as "when".</param>
internal sealed record Concept(string Name, int Number, double Weight);
