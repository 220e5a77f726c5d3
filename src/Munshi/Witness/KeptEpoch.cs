namespace Munshi.Witness;

/// <param name="Epoch">From 1 on.</param>
/// <param name="State"><c>kept</c> or <c>destroyed</c>.</param>
internal sealed record KeptEpoch(long Epoch, string State);
