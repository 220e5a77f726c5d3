using System.Globalization;
using System.Text;

namespace Munshi.Ledger.Notes;

/// <summary>A tree's size and root in a log's name (C2SP tlog-checkpoint): the text of a signed note. Compared by that text.</summary>
/// <remarks>A checkpoint that exists can be encoded: each property refuses what the format does not hold with <see cref="ArgumentException"/>.</remarks>
public sealed record Checkpoint
{
    /// <summary>The root of the tree without leaves: SHA-256 of nothing.</summary>
    public static Digest EmptyRoot { get; } = new(Convert.FromHexString("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));

    /// <exception cref="ArgumentException"><paramref name="size"/> is negative, or 0 with another root than <see cref="EmptyRoot"/>.</exception>
    public Checkpoint(string origin, long size, Digest root)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        if (size == 0 && root != EmptyRoot)
        {
            throw new ArgumentException("The empty tree has one root.", nameof(root));
        }

        Origin = NoteText.IsLine(origin) ? origin : throw new ArgumentException("Not an origin.", nameof(origin));
        Size = size;
        Root = root;
    }

    /// <summary>The log's identity, which it never changes: one line that is not empty.</summary>
    public string Origin { get; }

    /// <summary>How many leaves, 0 to 2^63-1.</summary>
    public long Size { get; }

    public Digest Root { get; }

    /// <summary>Further lines, none empty; usually there are none.</summary>
    public IReadOnlyList<string> Extensions
    {
        get;
        init => field = value.All(line => NoteText.IsLine(line)) ? [.. value] : throw new ArgumentException("Not a line.", nameof(value));
    } = [];

    /// <summary>Any bytes: a canonical checkpoint's text, or the reason why they are none.</summary>
    /// <param name="text">A note's text, its last line feed included.</param>
    public static CheckpointParse Parse(ReadOnlySpan<byte> text)
    {
        if (text.Length > SignedNote.MaxLength)
        {
            return Refuse($"longer than {SignedNote.MaxLength} bytes");
        }

        if (NoteText.Fault(text) is { } fault)
        {
            return Refuse(fault);
        }

        if (!NoteText.TryTakeLine(ref text, out ReadOnlySpan<byte> origin)
            || !NoteText.TryTakeLine(ref text, out ReadOnlySpan<byte> sizeLine)
            || !NoteText.TryTakeLine(ref text, out ReadOnlySpan<byte> rootLine))
        {
            return Refuse("fewer than three lines");
        }

        if (origin.IsEmpty)
        {
            return Refuse("the origin is empty");
        }

        if (!CanonicalDecimal.TryParse(sizeLine, out long size))
        {
            return Refuse("the size is not a canonical number up to 2^63-1");
        }

        if (!Digest.TryParseBase64(rootLine, out Digest root))
        {
            return Refuse("the root is not 32 bytes in canonical base64");
        }

        if (size == 0 && root != EmptyRoot)
        {
            return Refuse("size 0 without the root of the empty tree") with { IsOfEmptyTree = true };
        }

        List<string> extensions = [];
        while (NoteText.TryTakeLine(ref text, out ReadOnlySpan<byte> extension))
        {
            if (extension.IsEmpty)
            {
                return Refuse("an empty line");
            }

            extensions.Add(Encoding.UTF8.GetString(extension));
        }

        return new CheckpointParse.Parsed(new Checkpoint(Encoding.UTF8.GetString(origin), size, root) { Extensions = extensions });
    }

    public bool Equals(Checkpoint? other) => other is not null && ToString() == other.ToString();

    public override int GetHashCode() => HashCode.Combine(Origin, Size, Root);

    /// <summary>The note's text.</summary>
    public byte[] Encode() => Encoding.UTF8.GetBytes(ToString());

    /// <summary>The note's text.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Origin}\n{Size}\n{Root.ToBase64()}\n{string.Concat(Extensions.Select(line => $"{line}\n"))}");

    private static CheckpointParse.Refused Refuse(string reason) => new(reason);
}
