using Munshi.WhatsApp.Exports;

namespace Munshi.Import;

/// <summary>The records of one chat, wherever they come from.</summary>
/// <param name="Read">All of them, in their order, with their own bytes; begins anew each time.</param>
/// <param name="Files">The archive with the files that they name; null where there is none.</param>
/// <param name="Problems">What was met, once they were read to their end.</param>
internal sealed record ChatRecords(Func<IEnumerable<ExportMessage>> Read, ChatExport? Files, Func<IReadOnlyList<ExportProblem>> Problems)
{
    public override string ToString() => nameof(ChatRecords);
}
