using Munshi.Notices;

namespace Munshi.Channels.Health;

/// <summary>Something that Meta told, as a page lists it; see <see cref="ToldEvent"/>.</summary>
public sealed record ToldRow(string Kind, string Word, NoticeSeverity Severity, DateTimeOffset At);
