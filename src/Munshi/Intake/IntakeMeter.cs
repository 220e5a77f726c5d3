using System.Diagnostics.Metrics;

namespace Munshi.Intake;

/// <summary>What came in, counted.</summary>
internal sealed class IntakeMeter
{
    private readonly Counter<long> _deliveries;
    private readonly Counter<long> _badSignatures;
    private readonly Counter<long> _turnedAway;

    public IntakeMeter(IMeterFactory meters)
    {
        Meter meter = meters.Create("Munshi.Intake");
        _deliveries = meter.CreateCounter<long>("munshi.intake.deliveries", description: "Deliveries made durable");
        _badSignatures = meter.CreateCounter<long>("munshi.intake.bad_signatures", description: "Deliveries refused for their signature");
        _turnedAway = meter.CreateCounter<long>("munshi.intake.turned_away", description: "Deliveries answered 503, to be sent again");
    }

    public void Stored() => _deliveries.Add(1);

    public void BadSignature() => _badSignatures.Add(1);

    public void TurnedAway() => _turnedAway.Add(1);
}
