using Munshi.WhatsApp.Exports;

namespace Munshi.Import;

/// <summary>How an import ended.</summary>
internal abstract record ImportOutcome
{
    private ImportOutcome()
    {
    }

    /// <param name="Sentence">Why nothing was read or written, and what to do.</param>
    internal sealed record Refused(string Sentence) : ImportOutcome;

    /// <summary>All of the file is in the vault.</summary>
    internal sealed record Imported : ImportOutcome
    {
        /// <summary>Records of the file, the app's own lines among them.</summary>
        public required long Read { get; init; }

        public required long Added { get; init; }

        public required long Already { get; init; }

        /// <summary>Named files that are in the archive. Their names are kept, their bytes not yet.</summary>
        public required long Media { get; init; }

        /// <summary>Named files that are not in the archive, or all where there is none.</summary>
        public required IReadOnlyList<string> MissingMedia { get; init; }

        /// <summary>Files that the phone left out without a name.</summary>
        public required long OmittedMedia { get; init; }

        public required Participants.Known People { get; init; }

        public required IReadOnlyList<ExportProblem> Problems { get; init; }

        public override string ToString() => nameof(Imported);
    }
}
