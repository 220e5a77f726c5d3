using System.Text.Json.Nodes;

namespace Munshi.Sandbox.Phone;

/// <summary>A customer's message before it gets an id: the parts Meta puts beside <c>from</c>, <c>id</c> and <c>timestamp</c>, or why there is none.</summary>
internal abstract record Composition
{
    private Composition()
    {
    }

    /// <param name="Kind">Meta's <c>type</c>; also the name of <paramref name="Part"/>.</param>
    /// <param name="Text">What the phone API tells of it.</param>
    /// <param name="About">The message quoted, answered, reacted to, edited or taken back.</param>
    internal sealed record Composed(string Kind, string Text, JsonNode? Part, PhoneMessage? About = null) : Composition
    {
        /// <summary>Name and type of the file sent with it.</summary>
        public string? File { get; init; }

        /// <summary>The file itself.</summary>
        public CustomerFile? Sent { get; init; }

        /// <summary>What the bubble shows in place of the text.</summary>
        public IReadOnlyList<MessageDetail> Details { get; init; } = [];

        /// <summary>What stands above the bubble's content.</summary>
        public string? Mark { get; init; }

        /// <summary>Members beside the part, such as <c>errors</c> or <c>referral</c>.</summary>
        public JsonObject Beside { get; init; } = [];

        /// <summary>Members of <c>context</c> beside <c>from</c> and <c>id</c>.</summary>
        public JsonObject Context { get; init; } = [];

        /// <summary>It answers a message of the business that this phone no longer has.</summary>
        public bool AnswersEarlier { get; init; }

        /// <summary>Whether <see cref="About"/> is named in <c>context</c>; else the part names it.</summary>
        public bool Quotes => About is not null && Kind is not ("reaction" or "edit" or "revoke");
    }

    internal sealed record Refused(string Reason) : Composition;
}
