namespace Munshi.Audit;

/// <summary>Who did it: a member of staff, a part of the program, or the customer (named by the identifier they wrote from).</summary>
/// <remarks>A pseudonym, as it stands in the ledger: <c>person:{id}</c>, <c>customer:{id}</c> or <c>program:{name}</c>.</remarks>
internal readonly record struct Actor
{
    private Actor(string pseudonym) => Pseudonym = pseudonym;

    public string Pseudonym { get; }

    /// <summary>Whether a member of staff did it.</summary>
    public bool IsPerson => Pseudonym.StartsWith("person:", StringComparison.Ordinal);

    /// <summary>Of a member of staff; null for anybody else.</summary>
    public Guid? PersonId => IsPerson ? Guid.Parse(Pseudonym.AsSpan("person:".Length)) : null;

    public static Actor Intake { get; } = Program("intake");

    public static Actor Responder { get; } = Program("responder");

    public static Actor Sender { get; } = Program("sender");

    /// <summary>Fetches customers' files.</summary>
    public static Actor Media { get; } = Program("media");

    public static Actor Verifier { get; } = Program("verifier");

    public static Actor Notices { get; } = Program("notices");

    /// <summary>Brings back what was put off.</summary>
    public static Actor Inbox { get; } = Program("inbox");

    /// <summary>Author of what an export holds and the customer did not write.</summary>
    public static Actor Import { get; } = Program("import");

    /// <summary>Author of what was written in the WhatsApp Business app; who wrote it is not told.</summary>
    public static Actor Phone { get; } = Program("phone");

    /// <summary>Author of what another responder of the number wrote, such as Meta's own.</summary>
    public static Actor OtherResponder { get; } = Program("other-responder");

    /// <summary>The command line, used by whoever may log in to the server.</summary>
    public static Actor Operator { get; } = Program("operator");

    /// <summary>A program with one of the workspace's API keys.</summary>
    public static Actor Api { get; } = Program("api");

    public static Actor Person(Guid personId) => new($"person:{personId}");

    public static Actor Customer(Guid identifierId) => new($"customer:{identifierId}");

    public override string ToString() => Pseudonym;

    private static Actor Program(string name) => new($"program:{name}");
}
