using System.Text.Json.Serialization;
using Munshi.Sandbox.Control;
using Munshi.Sandbox.Phone;

namespace Munshi.Sandbox.Journal;

/// <summary>One line of the data file.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "line")]
[JsonDerivedType(typeof(Message), "message")]
[JsonDerivedType(typeof(Status), "status")]
[JsonDerivedType(typeof(Identity), "identity")]
[JsonDerivedType(typeof(Move), "move")]
[JsonDerivedType(typeof(Count), "count")]
internal abstract record JournalLine
{
    private JournalLine()
    {
    }

    internal sealed record Message(PhoneMessage Entry) : JournalLine;

    internal sealed record Status(string PhoneNumberId, string Customer, long Sequence, MessageStatus To) : JournalLine;

    internal sealed record Identity(string PhoneNumberId, string Customer, string? Username, bool IsPhoneKeptBack) : JournalLine;

    /// <summary>The customer's conversation goes on under another number.</summary>
    internal sealed record Move(string PhoneNumberId, string Customer, string To) : JournalLine;

    internal sealed record Count(Counted What) : JournalLine;
}
