using System.Text;
using Munshi.Vault.Importing;
using Munshi.WhatsApp.Exports;
using Munshi.WhatsApp.Exports.Alignment;

namespace Munshi.Import;

/// <summary>Decides for each record of a file, in its order, whether it is kept already, where it stands if not, and what it shows to have become of one that is.</summary>
internal sealed class ChatMerge
{
    /// <summary>Between messages of one time, so that others fit between them later.</summary>
    private static readonly TimeSpan Apart = TimeSpan.FromMilliseconds(1);

    private readonly IReadOnlyList<KeptMessage> _kept;
    private readonly IReadOnlyList<ChatItem> _fresh;
    private readonly ChatAlignment _alignment;
    private readonly int[] _nextKept;
    private readonly RecordConversion _conversion;
    private readonly ExportClock _clock;
    private readonly DateTimeOffset _seenAt;
    private DateTimeOffset _last = DateTimeOffset.MinValue;

    /// <param name="kept">What is kept of the chat, in its order.</param>
    /// <param name="survey">All of the file.</param>
    /// <param name="people">Who is who in the file.</param>
    /// <param name="clock">Of the phone.</param>
    public ChatMerge(IReadOnlyList<KeptMessage> kept, ExportSurvey survey, Participants.Known people, ExportClock clock)
    {
        _kept = kept;
        _fresh = [.. survey.Items!.Select(item => item with { At = clock.Instant(item.At).UtcDateTime, From = Side(item.From, people.Customer) })];
        _alignment = ChatAlignment.Of([.. kept.Select(message => message.Item)], _fresh);
        _nextKept = NextKept(_alignment.Matches);
        _conversion = new RecordConversion(people.Customer);
        _clock = clock;
        _seenAt = clock.Instant(survey.Newest);
    }

    /// <summary>What the phone's clock was more than the one of what is kept, one for each stretch; empty where nothing tells.</summary>
    public IReadOnlyList<TimeSpan> Shifts => _alignment.Shifts;

    /// <param name="message">The next record.</param>
    /// <param name="ordinal">Its place, from 0.</param>
    public ImportedRecord Next(ExportMessage message, int ordinal)
    {
        DateTimeOffset sentAt = _clock.Instant(message.At);
        KeptMessage? kept = _alignment.Matches[ordinal] is >= 0 and int place ? _kept[place] : null;
        _last = kept?.At ?? Place(ordinal, sentAt - _alignment.ShiftAt(ordinal));
        ImportedMessage imported = _conversion.Convert(message, sentAt, _last);
        (IReadOnlyList<Guid> seen, IReadOnlyList<ImportedChange> changes) = kept is null ? ([], EditedBefore(message))
            : kept.IsLost ? ([], [])
            : Compare(kept, _fresh[ordinal], message);
        bool differs = kept is { IsLost: false } && seen.Count + changes.Count == 0 && _fresh[ordinal].Body != kept.Original;
        return new ImportedRecord(ordinal, imported, kept, seen, changes, differs);
    }

    /// <summary>Its own time; within a few minutes, between what stands before and behind it in the chat.</summary>
    private DateTimeOffset Place(int ordinal, DateTimeOffset at)
    {
        int next = _nextKept[ordinal];
        DateTimeOffset? behind = next < _fresh.Count && _kept[_alignment.Matches[next]].At is var above && above > _last ? above : null;
        bool isBehind = at > _last || _last - at >= KeptChat.MostMoved;
        bool isBefore = behind is null || at < behind || at - behind >= KeptChat.MostMoved;
        return isBehind && isBefore ? at
            : behind is { } limit && limit - _last < Apart * (next - ordinal + 1) ? _last + TimeSpan.FromMicroseconds((long)((limit - _last).TotalMicroseconds / (next - ordinal + 1)))
            : isBehind ? behind!.Value - (Apart * (next - ordinal))
            : _last + Apart;
    }

    /// <summary>For each place the next one on that is kept already; behind the last where there is none.</summary>
    private static int[] NextKept(IReadOnlyList<int> matches)
    {
        int[] next = new int[matches.Count];
        for (int place = matches.Count - 1, found = matches.Count; place >= 0; place--)
        {
            next[place] = found = matches[place] >= 0 ? place : found;
        }

        return next;
    }

    /// <summary>Of a new message that is shown edited: what it said before may come with an older export.</summary>
    private IReadOnlyList<ImportedChange> EditedBefore(ExportMessage message) =>
        message is { Edited: true, Text.Length: > 0 } ? [new ImportedChange(IsRevocation: false, After(_last), Encoding.UTF8.GetBytes(message.Text))] : [];

    private (IReadOnlyList<Guid> Seen, IReadOnlyList<ImportedChange> Changes) Compare(KeptMessage kept, in ChatItem fresh, ExportMessage message)
    {
        if (fresh.Class is BodyClass.Deleted)
        {
            return kept.Revocation is { } known ? ([known], [])
                : kept.Item.Class is BodyClass.Deleted ? ([], [])
                : ([], [new ImportedChange(IsRevocation: true, After(kept.At), Text: null)]);
        }

        UInt128 body = fresh.Body;
        if (message.Text.Length == 0 || (body == kept.Original && !fresh.Edited))
        {
            return ([], []);
        }

        if (kept.Edits.Where(edit => edit.Body == body).Select(edit => edit.Id).ToArray() is [Guid edit, ..])
        {
            return ([edit], []);
        }

        byte[] words = Encoding.UTF8.GetBytes(message.Text);
        return ([], [.. Told(kept, fresh, words)]);
    }

    /// <summary>What an export tells of a message beyond what is known. What it said earlier stands right behind the message, so that it goes on saying what it says.</summary>
    private IEnumerable<ImportedChange> Told(KeptMessage kept, ChatItem fresh, byte[] words)
    {
        DateTimeOffset early = kept.At.AddMicroseconds(1);
        return (kept.Item.Class, fresh.Class) switch
        {
            (BodyClass.Deleted, _) when kept.Edits.Count == 0 => [new(IsRevocation: false, kept.At, words), new(IsRevocation: true, early, Text: null)],
            (BodyClass.Unknown, BodyClass.Words) when kept.Edits.Count == 0 && kept.Words is { } standing =>
                [new(IsRevocation: false, kept.At, words), new(IsRevocation: false, early, Encoding.UTF8.GetBytes(standing))],
            (BodyClass.Words or BodyClass.File, _) when fresh.Edited => [new(IsRevocation: false, After(kept.At), words)],
            (BodyClass.Words or BodyClass.File, var shown) when kept.Item.Edited && !fresh.IsCut && shown == kept.Item.Class => [new(IsRevocation: false, kept.At, words)],
            _ when kept.Item.IsCut && fresh.CompletesCut => [new(IsRevocation: false, early, words)],
            _ => [],
        };
    }

    /// <summary>The export's newest message is the one time at which the change is known to have been done.</summary>
    private DateTimeOffset After(DateTimeOffset at) => _seenAt > at ? _seenAt : at.AddMicroseconds(1);

    private static string? Side(string? from, string? customer) => from is null ? null : from == customer ? KeptChat.Customer : KeptChat.Business;
}
