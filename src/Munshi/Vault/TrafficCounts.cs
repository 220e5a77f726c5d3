namespace Munshi.Vault;

/// <param name="Received">Messages of customers, reactions not counted.</param>
/// <param name="AnsweredAutomatically">Messages a program wrote that were neither withdrawn nor failed.</param>
/// <param name="AnsweredByPeople">Messages people wrote, likewise.</param>
/// <param name="Waiting">Conversations that wait for a person now.</param>
internal sealed record TrafficCounts(int Received, int AnsweredAutomatically, int AnsweredByPeople, int Waiting);
