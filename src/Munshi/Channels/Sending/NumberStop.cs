namespace Munshi.Channels.Sending;

/// <summary>A number that is stopped: Meta refuses all its messages alike. They wait and are tried one at a time.</summary>
/// <param name="NumberId">The number.</param>
/// <param name="Code">Meta's, or <see cref="WhatsApp.Sending.GraphErrorClass.NoCode"/>.</param>
/// <param name="Since">When it was stopped.</param>
/// <param name="ProbeAt">When it is tried next.</param>
/// <param name="Waiting">How many messages wait, counted up to <see cref="NumberStops.MostCounted"/>.</param>
public sealed record NumberStop(Guid NumberId, int Code, DateTimeOffset Since, DateTimeOffset ProbeAt, int Waiting);
