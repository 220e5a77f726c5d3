using System.Globalization;
using Munshi.CommandLine;

namespace Munshi.Archives.Importing;

/// <summary>Holds the lines of an archive to naming only what is in it. Memory: some hundred thousand names; the ids of each file wait in a temporary one.</summary>
internal sealed class DataReferences : IDisposable
{
    private const int AtOnce = 500_000;

    private readonly Dictionary<string, IdList> _ids = [];
    private readonly Dictionary<(string Member, string Of), List<(UInt128 Id, long Line)>> _waiting = [];

    /// <summary>Takes the lines of a batch, what they can be named by and what they name.</summary>
    /// <exception cref="RefusalException">One names what is not there.</exception>
    public void Add<T>(DataFile<T> file, LineBatch<T> batch)
    {
        for (int i = 0; i < batch.Lines.Count; i++)
        {
            T line = batch.Lines[i];
            if (file.IdOf is { } idOf)
            {
                Ids(file).Add(IdList.Key(idOf(line)));
            }

            foreach (DataReference reference in file.Needs(line))
            {
                if (reference.Id is { } id)
                {
                    Require(file, reference.Member, reference.Of, id, batch.First + i);
                }
            }
        }
    }

    /// <summary>Once all of a file was taken.</summary>
    /// <exception cref="RefusalException">One of them names what is not there.</exception>
    public void Conclude(DataFile file)
    {
        foreach (((string member, string of), List<(UInt128 Id, long Line)> names) in _waiting)
        {
            Look(file, member, of, names);
        }

        _waiting.Clear();
    }

    public void Dispose()
    {
        foreach (IdList ids in _ids.Values)
        {
            ids.Dispose();
        }
    }

    private void Require(DataFile file, string member, DataFile of, Guid id, long line)
    {
        if (!_waiting.TryGetValue((member, of.Path), out List<(UInt128 Id, long Line)>? names))
        {
            _waiting.Add((member, of.Path), names = []);
        }

        names.Add((IdList.Key(id), line));
        if (names.Count >= AtOnce && of.Path != file.Path)
        {
            Look(file, member, of.Path, names);
            names.Clear();
        }
    }

    private void Look(DataFile file, string member, string of, List<(UInt128 Id, long Line)> names)
    {
        names.Sort();
        long missing = long.MaxValue;
        if (_ids.TryGetValue(of, out IdList? ids))
        {
            ids.Match(names, _ => { }, at => missing = Math.Min(missing, names[at].Line));
        }
        else if (names.Count > 0)
        {
            missing = names.Min(name => name.Line);
        }

        if (missing != long.MaxValue)
        {
            throw new RefusalException(string.Create(
                CultureInfo.InvariantCulture,
                $"{file.Path}, line {missing}: what \"{member}\" names is not in {of}, and an archive holds all that it refers to. munshi-verify tells whether it is as it was written; if it is, write it anew."));
        }
    }

    private IdList Ids(DataFile file)
    {
        if (!_ids.TryGetValue(file.Path, out IdList? ids))
        {
            _ids.Add(file.Path, ids = new IdList());
        }

        return ids;
    }
}
