namespace Munshi.Database.Manifest;

/// <summary>What a capability must find in order before anything is read, sent or chained. Asked at the start and every 30 s; quick.</summary>
internal interface IGateCondition
{
    /// <summary>A word for the log.</summary>
    string Name { get; }

    /// <summary>Whether the gate is closed by what is known already, without asking anybody; from one moment to the next.</summary>
    bool HoldsBack => false;

    /// <summary>Why the gate stays closed, without secrets or personal data; null where it need not.</summary>
    Task<string?> RefusalAsync(CancellationToken cancellationToken);
}
