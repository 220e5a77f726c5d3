namespace Munshi.Bench.Audit;

/// <summary>Where an act's audit event goes, in the act's own transaction.</summary>
internal enum EventPlace
{
    /// <summary>Nowhere: the act alone.</summary>
    None,

    /// <summary>Into <c>audit.event</c>, as the program does it; the sequencer chains it afterwards.</summary>
    Outbox,

    /// <summary>Into a table whose trigger chains it at once.</summary>
    Chain,
}
