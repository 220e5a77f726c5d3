using System.Text.Json;

namespace Munshi.WhatsApp.Sending;

/// <summary>What a message of ours holds: one of the kinds beside this file, and no other.</summary>
/// <remarks>Lengths are counted in UTF-16 units, the strictest reading. <see cref="object.ToString"/> is fit for a log.</remarks>
public abstract record OutboundContent
{
    private protected OutboundContent()
    {
    }

    /// <summary>The word for it: lower case letters and underscores.</summary>
    public abstract string Kind { get; }

    /// <summary>Whether it may leave while the 24-hour window is closed.</summary>
    public bool LeavesAnyTime => this is OutboundTemplate;

    /// <summary>Whether Meta's limits allow it.</summary>
    public abstract bool Fits { get; }

    /// <summary>The kind only.</summary>
    public sealed override string ToString() => GetType().Name;

    /// <summary>Writes <c>type</c> and the member that it names.</summary>
    internal abstract void Write(Utf8JsonWriter json);

    private protected static bool IsWithin(string? value, int most) => value is { Length: >= 1 } && value.Length <= most;

    private protected static bool IsWithinOrNull(string? value, int most) => value is null || IsWithin(value, most);
}
