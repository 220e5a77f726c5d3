using System.Collections;
using System.Globalization;
using Munshi.Archives.Importing.Lines;
using Munshi.CommandLine;

namespace Munshi.Archives.Importing;

/// <summary>Which imported messages of an archive an import says that it saw. Messages are added first, in their order.</summary>
internal sealed class ImportedSeen : IDisposable
{
    private const int AtOnce = 500_000;

    /// <summary>More than one import brings while an archive is written.</summary>
    private const int MostUnseen = 1_000_000;

    private readonly IdList _imported = new();
    private readonly List<(UInt128 Id, long Line)> _waiting = [];
    private BitArray? _seen;

    public void Add(MessageLine line)
    {
        if (line.Source == "import")
        {
            _imported.Add(IdList.Key(line.Id));
        }
    }

    public void See(Guid messageId)
    {
        _waiting.Add((IdList.Key(messageId), 0));
        if (_waiting.Count == AtOnce)
        {
            Mark();
        }
    }

    /// <summary>Those that no import saw.</summary>
    /// <exception cref="RefusalException">There are more than an archive that was written beside an import can have.</exception>
    public IReadOnlySet<Guid> Unseen()
    {
        BitArray seen = Mark();
        HashSet<Guid> unseen = [];
        for (int place = 0; place < seen.Count; place++)
        {
            if (!seen[place])
            {
                unseen.Add(IdList.IdOf(_imported.At(place)));
                if (unseen.Count > MostUnseen)
                {
                    throw new RefusalException(string.Create(
                        CultureInfo.InvariantCulture,
                        $"{DataFiles.Observations.Path} does not tell which import saw more than {MostUnseen} of the imported messages, and of an archive only what an import brought while it was written is left out."));
                }
            }
        }

        return unseen;
    }

    public void Dispose() => _imported.Dispose();

    private BitArray Mark()
    {
        BitArray seen = _seen ??= new BitArray(checked((int)_imported.Count));
        _waiting.Sort();
        _imported.Match(_waiting, place => seen[(int)place] = true, _ => { });
        _waiting.Clear();
        return seen;
    }
}
