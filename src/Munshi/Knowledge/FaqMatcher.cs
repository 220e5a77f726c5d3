namespace Munshi.Knowledge;

/// <summary>Scores the entries that share a term with a question. Immutable.</summary>
internal sealed class FaqMatcher(FaqTerms terms, IReadOnlyList<FaqUtterance> utterances, WordGuess faqWords)
{
    private const double ConceptCredit = 0.92;

    /// <summary>A word found only in the answer: the entry speaks of it, but it is not what the entry is asked for.</summary>
    private const double AnswerCredit = 0.5;

    /// <summary>Below it a subject counts as foreign to the entry.</summary>
    private const double GapCredit = 0.5;

    /// <summary>Below it a subject counts as foreign when another entry is asked for by that very subject.</summary>
    private const double ClaimedGapCredit = 0.7;

    private const double ClaimCredit = 0.9;

    /// <summary>A question needs a unit of this factor: "what is the time now" asks for no entry.</summary>
    private const double AskingFactor = 0.6;

    /// <summary>Units of less factor are claimed by no one.</summary>
    private const double SubjectFactor = 0.9;

    /// <summary>The share of the question's weight from which a foreign subject matters.</summary>
    private const double GapShare = 0.15;

    /// <summary>One slip in a word long enough, or the same sound in another script: less is no keyword.</summary>
    private const double KeywordCredit = 0.85;

    /// <summary>Of a score, the share of the best single utterance; the rest is the entry as a whole.</summary>
    private const double UtteranceShare = 0.65;

    /// <summary>Of a score, what remains when the question covers nothing of the utterance.</summary>
    private const double UnreachedShare = 0.45;

    private static readonly WordGuess BuiltInWords = new([.. ConceptTable.Words, .. Fillers.LongWords]);

    private static readonly HashSet<string> FillerWords = new(Fillers.LongWords, StringComparer.Ordinal);

    public List<FaqCandidate> Match(IReadOnlyList<QuestionUnit> units)
    {
        List<(double Weight, bool Asks, bool Subject, List<(int Term, double Credit)> Terms)> sought = [];
        foreach (QuestionUnit unit in units)
        {
            if (TermsOf(unit) is { } found)
            {
                sought.Add((terms.WeightOf(found.Unit), found.Unit.Factor >= AskingFactor, found.Unit.Factor >= SubjectFactor, found.Terms));
            }
        }

        double total = sought.Sum(unit => unit.Weight);
        bool subject = sought.Any(unit => unit.Asks);
        if (total <= 0)
        {
            return [];
        }

        using FaqWork work = new(utterances.Count, terms.EntryCount, sought.Count);
        for (int i = 0; i < sought.Count; i++)
        {
            Gather(i, sought[i].Terms, work);
            work.Settle(sought[i].Weight, utterances);
        }

        double[] gapBelow = new double[sought.Count];
        for (int i = 0; i < sought.Count; i++)
        {
            bool matters = sought[i].Weight >= GapShare * total;
            gapBelow[i] = !matters ? 0 : sought[i].Subject && Claimed(i, work) ? ClaimedGapCredit : GapCredit;
        }

        return Candidates([.. sought.Select(unit => unit.Weight)], gapBelow, subject, work);
    }

    /// <summary>The shop words of a question, misspelled ones too, fillers left out; null for a subject that is no shop word.</summary>
    public static IEnumerable<Concept?> ConceptsOf(IReadOnlyList<QuestionUnit> units)
    {
        foreach (QuestionUnit unit in units)
        {
            string? guess = unit.Concept is null && BuiltInWords.Find(unit.Word) is { Credit: >= KeywordCredit } near ? near.Word : null;
            if (guess is null || !FillerWords.Contains(guess))
            {
                yield return unit.Concept ?? (guess is null ? null : ConceptTable.Find(WordStem.Of(guess)));
            }
        }
    }

    private static bool Claimed(int unit, FaqWork work)
    {
        foreach (int entry in work.Entries)
        {
            if (work.Credits(entry)[unit] >= ClaimCredit)
            {
                return true;
            }
        }

        return false;
    }

    private void Gather(int unit, List<(int Term, double Credit)> sought, FaqWork work)
    {
        Dictionary<int, double> answers = [];
        foreach ((int term, double credit) in sought)
        {
            foreach (FaqPosting place in terms.Places(term))
            {
                work.Offer(place.Utterance, credit, place.Position);
                ref double held = ref work.Credits(utterances[place.Utterance].Entry)[unit];
                held = Math.Max(held, credit);
            }

            foreach (int entry in terms.Answers(term))
            {
                answers[entry] = Math.Max(answers.GetValueOrDefault(entry), credit * AnswerCredit);
            }
        }

        foreach ((int entry, double credit) in answers)
        {
            // Two independent hints: the chance that both are wrong.
            ref double held = ref work.Credits(entry)[unit];
            held = 1 - ((1 - held) * (1 - credit));
        }
    }

    private List<FaqCandidate> Candidates(double[] weights, double[] gapBelow, bool subject, FaqWork work)
    {
        double total = weights.Sum();
        Dictionary<int, FaqCandidate> best = [];
        Dictionary<int, (double Explained, bool Gap)> wholes = [];
        foreach (int number in work.Touched)
        {
            FaqUtterance utterance = utterances[number];
            FaqMatch match = work.Match(number);
            if (!wholes.TryGetValue(utterance.Entry, out (double Explained, bool Gap) whole))
            {
                wholes[utterance.Entry] = whole = Whole(work.Credits(utterance.Entry), weights, gapBelow, total);
            }

            double reached = utterance.Total > 0 ? Math.Min(1, match.Reached / utterance.Total) : 0;
            double told = (UtteranceShare * match.Explained / total) + ((1 - UtteranceShare) * whole.Explained);
            double score = Math.Min(1, Math.Round(utterance.Worth * told * (UnreachedShare + ((1 - UnreachedShare) * reached)), 4));
            if (score > 0 && (!best.TryGetValue(utterance.Entry, out FaqCandidate? other)
                || score > other.Score || (score == other.Score && reached > other.Reached)))
            {
                best[utterance.Entry] = new FaqCandidate(utterance.Entry, score, whole.Explained, reached, whole.Gap || !subject);
            }
        }

        return [.. best.Values];
    }

    private static (double Explained, bool Gap) Whole(ReadOnlySpan<double> credits, double[] weights, double[] gapBelow, double total)
    {
        double explained = 0;
        bool gap = false;
        for (int i = 0; i < weights.Length; i++)
        {
            explained += weights[i] * credits[i];
            gap |= credits[i] < gapBelow[i];
        }

        return (explained / total, gap);
    }

    /// <returns>Null when the unit turns out to be a misspelled filler.</returns>
    private (QuestionUnit Unit, List<(int Term, double Credit)> Terms)? TermsOf(QuestionUnit unit)
    {
        List<(int Term, double Credit)> found = [];
        if (terms.WordTerm(unit.Key) is { } word)
        {
            found.Add((word, 1));
        }

        if (unit.Concept is { } concept)
        {
            AddConcept(found, concept, 1);
        }

        return found.Count > 0 ? (unit, found) : Guessed(unit);
    }

    private (QuestionUnit Unit, List<(int Term, double Credit)> Terms)? Guessed(QuestionUnit unit)
    {
        (string Word, double Credit)? near = faqWords.Find(unit.Word);
        (string Word, double Credit)? builtIn = BuiltInWords.Find(unit.Word);
        if (builtIn is { } other && (near is null || other.Credit > near.Value.Credit))
        {
            near = other;
            if (FillerWords.Contains(other.Word))
            {
                return null;
            }
        }

        List<(int Term, double Credit)> found = [];
        if (near is not { } guess)
        {
            return (unit, found);
        }

        string key = WordStem.Of(guess.Word);
        Concept? concept = ConceptTable.Find(key);
        if (terms.WordTerm(key) is { } word)
        {
            found.Add((word, guess.Credit));
        }

        if (concept is not null)
        {
            AddConcept(found, concept, guess.Credit);
        }

        return (new QuestionUnit(key, guess.Word, concept), found);
    }

    private static void AddConcept(List<(int Term, double Credit)> found, Concept concept, double share)
    {
        found.Add((concept.Number, ConceptCredit * share));
        foreach ((int other, double strength) in ConceptTable.LinksOf(concept))
        {
            found.Add((other, ConceptCredit * strength * share));
        }
    }
}
