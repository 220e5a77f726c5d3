namespace Munshi.Intake.Deliveries;

/// <summary>A delivery of which something could not be used.</summary>
/// <param name="Reason">One of our own reason words.</param>
/// <param name="Count">How many updates it is about; 0 where it is the delivery as a whole.</param>
/// <param name="ReceivedAt">When it was acknowledged, UTC.</param>
/// <param name="SortedAt">When it was looked at, UTC.</param>
/// <param name="LetIn">How many of them were let in since, because their number or account was connected.</param>
public sealed record DeliveryProblem(string Reason, int Count, DateTimeOffset ReceivedAt, DateTimeOffset SortedAt, int LetIn);
