namespace Munshi.Knowledge;

/// <summary>What one question found in one utterance, gathered unit by unit.</summary>
internal sealed class FaqMatch
{
    private int _unit = -1;
    private double _credit;
    private int _position;
    private ulong _reached;

    /// <summary>Weight of the question's units explained, each by its best credit.</summary>
    public double Explained { get; private set; }

    /// <summary>Weight of the utterance's units that the question touches.</summary>
    public double Reached { get; private set; }

    public void Offer(int unit, double credit, int position)
    {
        if (unit != _unit || credit > _credit)
        {
            _credit = unit == _unit ? credit : Math.Max(credit, 0);
            _position = position;
            _unit = unit;
        }
    }

    /// <summary>Books the best offer for <paramref name="unit"/>, if there was one.</summary>
    public void Settle(int unit, double unitWeight, double[] utteranceWeights)
    {
        if (unit != _unit)
        {
            return;
        }

        Explained += unitWeight * _credit;
        ulong bit = 1UL << _position;
        if ((_reached & bit) == 0)
        {
            _reached |= bit;
            Reached += utteranceWeights[_position] * _credit;
        }
    }
}
