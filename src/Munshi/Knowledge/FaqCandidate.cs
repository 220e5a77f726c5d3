namespace Munshi.Knowledge;

/// <param name="Entry">Position in the index.</param>
/// <param name="Score">0 to 1.</param>
/// <param name="Explained">Share of the question's weight that the entry explains, 0 to 1.</param>
/// <param name="Reached">Share of the best utterance's weight that the question covers, 0 to 1.</param>
/// <param name="Gap">Whether the question has no subject, or one that is foreign to the entry.</param>
internal sealed record FaqCandidate(int Entry, double Score, double Explained, double Reached, bool Gap);
