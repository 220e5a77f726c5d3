namespace Munshi.Vault;

/// <summary>Who had a conversation before a change, as it stands in the form that takes the change back.</summary>
/// <param name="Kind">Munshi, the people waiting to take it, whoever is at the phone, or a person.</param>
/// <param name="PersonId">Set for a person and for nobody else.</param>
internal sealed record FormerOwner(OwnerKind Kind, Guid? PersonId)
{
    private const string Responder = "responder";
    private const string Waiting = "waiting";
    private const string Phone = "phone";

    public override string ToString() => Kind switch
    {
        OwnerKind.Responder => Responder,
        OwnerKind.Waiting => Waiting,
        OwnerKind.Phone => Phone,
        _ => $"{PersonId:D}",
    };

    /// <summary>Null for anything that <see cref="ToString"/> does not write.</summary>
    public static FormerOwner? Parse(string? text) => text switch
    {
        Responder => new FormerOwner(OwnerKind.Responder, null),
        Waiting => new FormerOwner(OwnerKind.Waiting, null),
        Phone => new FormerOwner(OwnerKind.Phone, null),
        _ => Guid.TryParseExact(text, "D", out Guid personId) ? new FormerOwner(OwnerKind.Person, personId) : null,
    };
}
