using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Munshi.Archives.Importing.Lines;
using Munshi.Vault;
using Munshi.Vault.Fields;
using Munshi.Vault.Labels;
using Munshi.Vault.Views;

namespace Munshi.Archives.Importing;

/// <summary>What no two lines of an archive may have in common, and how many of a kind a workspace has at most.</summary>
internal sealed class TakenNames
{
    private readonly HashSet<UInt128> _taken = [];
    private readonly Dictionary<string, int> _counts = [];

    public void Take(IdentifierLine line, long number)
    {
        Require(DataFiles.Identifiers, number, $"{line.Kind} {line.Value ?? ErasedIdentifier.ValueOf(line.Id)}", "no two may have the same \"kind\" and \"value\"");
    }

    public void Take(ContactEventLine line, long number)
    {
        if (line.Undoes is { } merge)
        {
            Require(DataFiles.ContactEvents, number, $"undoes {merge}", "no two may take back the same");
        }
    }

    public void TakeLabel(NameLine line, long number) => TakeOwn(DataFiles.Labels, number, line, LabelBook.Most);

    public void TakeField(NameLine line, long number) => TakeOwn(DataFiles.Fields, number, line, FieldBook.Most);

    public void Take(ViewLine line, long number)
    {
        if (line.RemovedAt is null)
        {
            TakeOwn(DataFiles.SavedViews, number, $"{line.PersonId}", line.Name, SavedViews.Most);
        }
    }

    public void Take(KnowledgeLine line, long number) =>
        Require(DataFiles.Knowledge, number, $"entry {line.Revision} {line.Name}", "no two may have the same \"name\" and \"revision\"");

    private void TakeOwn(DataFile file, long number, NameLine line, int most)
    {
        if (line.RetiredAt is null)
        {
            TakeOwn(file, number, "", line.Name, most);
        }
    }

    private void TakeOwn(DataFile file, long number, string of, string? name, int most)
    {
        string group = $"{file.Path} {of}";
        int count = _counts[group] = _counts.GetValueOrDefault(group) + 1;
        if (count > most)
        {
            throw file.Refused(number, FormattableString.Invariant($"at most {most} may be in use at a time"));
        }

        if (!string.IsNullOrWhiteSpace(name))
        {
            Require(file, number, $"{group} {Convert.ToHexString(OwnWord.Fold(name))}", "no two that are in use may have the same \"name\"");
        }
    }

    private void Require(DataFile file, long number, string key, string what)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(key), hash);
        if (!_taken.Add(BinaryPrimitives.ReadUInt128BigEndian(hash)))
        {
            throw file.Refused(number, what);
        }
    }
}
