using Munshi.WhatsApp.Exports;

namespace Munshi.Import;

/// <summary>How an import ended.</summary>
internal abstract record ImportOutcome
{
    private ImportOutcome()
    {
    }

    /// <param name="Reason">Why nothing was read or written.</param>
    /// <param name="Sentence">The same for the command line, with what to do.</param>
    internal sealed record Refused(ImportRefusal Reason, string Sentence) : ImportOutcome;

    /// <summary>Broken off because somebody asked for it; what was written stays.</summary>
    internal sealed record Stopped : ImportOutcome;

    /// <summary>All of the file is in the vault.</summary>
    internal sealed record Imported : ImportOutcome
    {
        /// <summary>Records of the file, the app's own lines among them.</summary>
        public required long Read { get; init; }

        public required long Added { get; init; }

        public required long Already { get; init; }

        /// <summary>Of those that stood already: shown here edited or deleted, as was not known before.</summary>
        public required long Changed { get; init; }

        /// <summary>What the phone's clock was more than the one of what stood already, one for each stretch of the chat; empty where nothing tells.</summary>
        public required IReadOnlyList<TimeSpan> Shifts { get; init; }

        /// <summary>Named files that are in the archive.</summary>
        public required long Media { get; init; }

        /// <summary>Those of them that were not kept before.</summary>
        public required long KeptMedia { get; init; }

        /// <summary>Those that could not be kept.</summary>
        public required IReadOnlyList<RefusedFile> RefusedMedia { get; init; }

        /// <summary>Named files that are not in the archive, or all where there is none.</summary>
        public required IReadOnlyList<string> MissingMedia { get; init; }

        /// <summary>Files that the phone left out without a name.</summary>
        public required long OmittedMedia { get; init; }

        public required Participants.Known People { get; init; }

        public required IReadOnlyList<ExportProblem> Problems { get; init; }

        public override string ToString() => nameof(Imported);
    }
}
