using System.Text;
using Munshi.Audit.Restoring;
using Munshi.Ledger;
using Munshi.Ledger.Erasures;

namespace Munshi.Audit.Verifying;

/// <summary>One range of a log: its chain, and its rows against their events. Safe for concurrent use, each range in a session of its own.</summary>
internal sealed class RangeCheck(Guid log, IReadOnlyList<EvidenceCheck> evidence, EventIds chained)
{
    /// <summary>So many events are asked for by their numbers at once.</summary>
    private const int EventsAtOnce = 5_000;

    /// <remarks>Rows before events: an event is committed before its row, so it is there when it is looked for.</remarks>
    public RangeResult Run(RangeSession session, LogRange range)
    {
        RangeResult result = new(range);
        session.Clear();
        ReadOnlySpan<byte> rows = session.ReadRows(range);
        WalkRows(session, range, rows, result);
        for (long? first = range.FirstEvent; first <= range.LastEvent;)
        {
            (int count, long last) = Compare(session, rows, session.ReadEvents(range, first.Value), result, isWhole: true);
            first = count == RangeSession.MostEvents && last < long.MaxValue ? last + 1 : null;
        }

        do
        {
            foreach (long[] ids in session.Places.Keys.Order().Chunk(EventsAtOnce))
            {
                Compare(session, rows, session.ReadEvents(log, ids), result, isWhole: false);
            }

            result.WithoutEvent.AddRange(session.Places.Values.Select(place => new RowWithoutEvent(session.Rows[place].Seq, session.Rows[place].Event < 0)));
            session.Places.Clear();
            session.Repeated.RemoveAll(place => session.Places.TryAdd(session.Rows[place].Event, place));
        }
        while (session.Places.Count > 0);

        result.WithoutEvent.Sort((one, other) => one.Seq.CompareTo(other.Seq));
        result.Births.Sort((one, other) => Nullable.Compare(one.Seq, other.Seq));
        return result;
    }

    private void WalkRows(RangeSession session, LogRange range, ReadOnlySpan<byte> rows, RangeResult result)
    {
        ChainVerifier chain = range.Before is { } before ? new ChainVerifier(log, before.Seq + 1, before.Hash) : new ChainVerifier(log);
        CopyReader reader = new(rows);
        while (reader.Next())
        {
            long seq = reader.Long();
            long eventId = reader.Long();
            (int offset, int length) = reader.Place();
            ReadOnlySpan<byte> leaf = rows.Slice(offset, Math.Max(0, length));
            ReadOnlySpan<byte> stored = reader.Field(out _);
            if (!chain.TryAdd(seq, leaf, stored, out LeafView view, out Digest hash))
            {
                hash = LedgerLeaf.RowHash(leaf);
                view = Judge(chain.Add(seq, leaf, stored), leaf, result);
            }

            int actor = 0;
            if (!view.Actor.IsEmpty)
            {
                leaf.Overlaps(view.Actor, out actor);
                Note(seq, view, leaf, result);
            }

            result.Hashes.Add(hash);
            result.Last = (seq, stored.Length == Digest.Length ? new Digest(stored) : leaf.Length <= LedgerLeaf.MaxLength ? hash : Digest.Zero);
            if (!session.Places.TryAdd(eventId, session.Rows.Count))
            {
                session.Repeated.Add(session.Rows.Count);
            }

            result.HasRepeated |= !chained.Add(eventId);
            session.Rows.Add(new RangeRow(seq, eventId, offset, leaf.Length, actor, actor == 0 ? 0 : EventRow.Since2000(view.Time)));
        }
    }

    /// <returns>The leaf, where it can be held against its event although the chain is broken there.</returns>
    private static LeafView Judge(ChainVerdict verdict, ReadOnlySpan<byte> leaf, RangeResult result)
    {
        if (verdict is ChainVerdict.Broken broken)
        {
            result.Findings.Add((broken.Seq, LogVerification.KindOf(broken.What), broken.Expected, broken.Found));
            if (broken.What is not (ChainFault.Gap or ChainFault.Previous))
            {
                return default; // the row itself was changed, and that is said
            }
        }

        return LeafView.TryRead(leaf, out LeafView view) ? view : default;
    }

    private void Note(long seq, LeafView leaf, ReadOnlySpan<byte> text, RangeResult result)
    {
        result.FirstTime ??= leaf.Time;
        for (int source = 0; source < evidence.Count; source++)
        {
            if (evidence[source].IsBirth(leaf.Action, leaf.Target, out ReadOnlySpan<byte> id))
            {
                result.Births.Add(new Birth(seq, source, Birth.IdIn(id), leaf.Commitment, leaf.CiphertextHash));
            }
        }

        if (Ascii.Equals(leaf.Action, RestoredRange.Action))
        {
            result.Restores.Add((seq, Encoding.ASCII.GetString(leaf.Target), leaf.Commitment?.ToArray()));
        }
        else if (Ascii.Equals(leaf.Action, ErasureRecord.Action) && LedgerLeaf.Parse(text) is LeafParse.Parsed erasure)
        {
            result.Erasures.Add(erasure.Leaf);
        }
    }

    /// <param name="session">Has the range's rows; those whose event is found are taken from its places.</param>
    /// <param name="rows">The rows' bytes.</param>
    /// <param name="events">The events' bytes.</param>
    /// <param name="result">Gets what differs.</param>
    /// <param name="isWhole">Whether an event without a row is to be told.</param>
    /// <returns>How many events there were, and the last one's number.</returns>
    private (int Count, long Last) Compare(RangeSession session, ReadOnlySpan<byte> rows, ReadOnlySpan<byte> events, RangeResult result, bool isWhole)
    {
        CopyReader reader = new(events);
        (int count, long last) = (0, 0);
        while (reader.Next())
        {
            EventRow stands = new(ref reader);
            (count, last) = (count + 1, stands.Id);
            if (session.Places.Remove(stands.Id, out int place))
            {
                RangeRow row = session.Rows[place];
                ReadOnlySpan<byte> leaf = rows.Slice(row.Offset, row.Length);
                if (row.Actor == 0 || !stands.Says(row.Time, leaf[row.Actor..]))
                {
                    Differ(row, leaf, stands.ToEvent(), result);
                }
            }
            else if (isWhole && !chained.Contains(stands.Id))
            {
                result.WithoutRow.Add(stands.Id);
            }
        }

        return (count, last);
    }

    /// <remarks>Where the leaf was changed, its event still tells which record it was for.</remarks>
    private void Differ(RangeRow row, ReadOnlySpan<byte> leaf, StoredEvent stands, RangeResult result)
    {
        if (row.Actor > 0)
        {
            if (LedgerLeaf.Parse(leaf) is LeafParse.Parsed parsed && stands.DifferenceFrom(parsed.Leaf) is var (expected, found))
            {
                result.Findings.Add((row.Seq, FindingKind.EventDiffers, expected, found));
            }
        }
        else if (stands is { Action: { } action, Target: { } target })
        {
            byte[] named = Encoding.UTF8.GetBytes(target);
            for (int source = 0; source < evidence.Count; source++)
            {
                if (evidence[source].IsBirth(Encoding.UTF8.GetBytes(action), named, out ReadOnlySpan<byte> id))
                {
                    result.Births.Add(new Birth(row.Seq, source, Birth.IdIn(id), Birth.Stored(stands.Commitment), Birth.Stored(stands.CiphertextHash)));
                }
            }
        }
    }
}
