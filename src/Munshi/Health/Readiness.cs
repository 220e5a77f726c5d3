namespace Munshi.Health;

/// <summary>The answer of <c>/readyz</c>.</summary>
internal sealed record Readiness
{
    /// <summary>Whether deliveries can be made durable.</summary>
    public required bool Ready { get; init; }

    /// <summary>Why not.</summary>
    public required IReadOnlyList<string> Reasons { get; init; }

    /// <summary><c>open</c> or <c>intake-only</c>.</summary>
    public required string Gate { get; init; }

    /// <summary>How many differences closed the gate; the log names them.</summary>
    public required int Differences { get; init; }

    /// <summary>Age of the oldest event not yet chained; null when it could not be asked.</summary>
    public required double? LedgerLagSeconds { get; init; }

    /// <summary><c>set-up</c> or <c>not-set-up</c>: whether notices are mailed. Told, never failed.</summary>
    public required string Mail { get; init; }

    /// <summary><c>on</c>, <c>stopped</c> (the log says why), or what the first signature waits for, such as <c>waiting for 1 of 2 witnesses</c>.</summary>
    public required string Signing { get; init; }

    /// <summary>How the witnesses of the ledger stand; names none.</summary>
    public required WitnessReadiness Witnesses { get; init; }

    /// <summary><c>on</c>, <c>no-ffmpeg</c> or <c>no-isolation</c>: whether small pictures and waveforms are made of customers' files. Told, never failed.</summary>
    public required string Previews { get; init; }

    /// <summary><c>on</c>, <c>building</c> (it answers from what it has), or <c>elsewhere</c>: another process feeds the search. Told, never failed.</summary>
    public required string Search { get; init; }

    /// <summary>Whether the heads file was found missing or empty beside a ledger with rows.</summary>
    public required bool HeadsLost { get; init; }
}
