using System.Numerics;

namespace Munshi.Knowledge;

/// <summary>What one question found in one utterance, gathered unit by unit.</summary>
internal struct FaqMatch
{
    /// <summary>From here a unit stands for the same thing: every place of it in the utterance counts as reached, "opening" and "hours" alike.</summary>
    private const double SameThing = 0.9;

    private double _credit;
    private int _position;
    private ulong _same;
    private ulong _reachedUnits;

    /// <summary>Whether any unit was offered yet.</summary>
    public bool Touched { get; private set; }

    /// <summary>Whether the present unit was offered yet.</summary>
    public readonly bool Offered => _credit > 0;

    /// <summary>Weight of the question's units explained, each by its best credit.</summary>
    public double Explained { get; private set; }

    /// <summary>Weight of the utterance's units that the question touches.</summary>
    public double Reached { get; private set; }

    public void Offer(double credit, int position)
    {
        Touched = true;
        if (credit > _credit)
        {
            _credit = credit;
            _position = position;
        }

        if (credit >= SameThing)
        {
            _same |= 1UL << position;
        }
    }

    /// <summary>Books the best offer for the present unit and makes ready for the next.</summary>
    public void Settle(double unitWeight, double[] utteranceWeights)
    {
        Explained += unitWeight * _credit;
        ulong reached = (_same | (1UL << _position)) & ~_reachedUnits;
        _reachedUnits |= reached;
        for (; reached != 0; reached &= reached - 1)
        {
            Reached += utteranceWeights[BitOperations.TrailingZeroCount(reached)] * _credit;
        }

        _credit = 0;
        _same = 0;
    }
}
