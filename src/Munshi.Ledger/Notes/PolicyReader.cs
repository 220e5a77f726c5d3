using System.Text;
using System.Text.Unicode;

namespace Munshi.Ledger.Notes;

/// <summary>Reads one policy file line by line; the first departure from the rules is its answer.</summary>
internal sealed class PolicyReader
{
    private static readonly char[] Blanks = [' ', '\t'];

    private readonly List<PolicyLog> _logs = [];
    private readonly List<PolicyWitness> _witnesses = [];
    private readonly List<PolicyGroup> _groups = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly HashSet<string> _members = new(StringComparer.Ordinal);
    private readonly HashSet<Digest> _publicKeys = [];
    private string? _quorum;

    public TrustPolicyParse Read(ReadOnlySpan<byte> file)
    {
        if (file.Length > TrustPolicy.MaxLength)
        {
            return new TrustPolicyParse.Refused(1, $"the file is longer than {TrustPolicy.MaxLength} bytes");
        }

        int number = 0;
        while (!file.IsEmpty)
        {
            number++;
            string? refusal = NoteText.TryTakeLine(ref file, out ReadOnlySpan<byte> line) ? ReadLine(line) : "the line does not end with a line feed";
            if (refusal is not null)
            {
                return new TrustPolicyParse.Refused(number, refusal);
            }
        }

        return _quorum is null
            ? new TrustPolicyParse.Refused(number + 1, "no line 'quorum'")
            : new TrustPolicyParse.Parsed(new TrustPolicy(_logs, _witnesses, _groups, _quorum));
    }

    private string? ReadLine(ReadOnlySpan<byte> line)
    {
        foreach (byte value in line)
        {
            if (value is 0x7F or (< 0x20 and not (byte)'\t'))
            {
                return "a control character other than tab and line feed";
            }
        }

        if (!Utf8.IsValid(line))
        {
            return "not valid UTF-8";
        }

        string[] words = Encoding.UTF8.GetString(line).Split(Blanks, StringSplitOptions.RemoveEmptyEntries);
        return words switch
        {
            [] or [['#', ..], ..] => null,
            ["log", var key] => ReadLog(key, null),
            ["log", var key, var url] => ReadLog(key, url),
            ["witness", var name, var key] => ReadWitness(name, key, null),
            ["witness", var name, var key, var url] => ReadWitness(name, key, url),
            ["group", var name, var threshold, .. { Length: > 0 } members] => ReadGroup(name, threshold, members),
            ["quorum", var name] => ReadQuorum(name),
            ["log" or "witness" or "group" or "quorum", ..] => "too few or too many words for such a line",
            _ => "not a log, witness, group or quorum line",
        };
    }

    private string? ReadLog(string vkey, string? url)
    {
        string? refusal = ReadKey(vkey, NoteKeyType.Ed25519, out VerifierKey? key);
        if (refusal is null)
        {
            _logs.Add(new PolicyLog(key!, url));
        }

        return refusal;
    }

    private string? ReadWitness(string name, string vkey, string? url)
    {
        VerifierKey? key = null;
        string? refusal = Define(name) ?? ReadKey(vkey, NoteKeyType.Cosignature, out key);
        if (refusal is null)
        {
            _witnesses.Add(new PolicyWitness(name, key!, url));
        }

        return refusal;
    }

    private string? ReadGroup(string name, string threshold, string[] members)
    {
        int needed = threshold switch
        {
            "any" => 1,
            "all" => members.Length,
            _ => CanonicalDecimal.TryParse(Encoding.UTF8.GetBytes(threshold), out long number) && number <= members.Length ? (int)number : 0,
        };
        if (needed == 0)
        {
            return "the threshold is not any, all or a canonical number from 1 to that of the members";
        }

        foreach (string member in members)
        {
            if (!_names.Contains(member))
            {
                return "a member is not defined on an earlier line";
            }

            if (!_members.Add(member))
            {
                return "a member stands in a group already";
            }
        }

        string? refusal = Define(name);
        if (refusal is null)
        {
            _groups.Add(new PolicyGroup(name, needed, members));
        }

        return refusal;
    }

    private string? ReadQuorum(string name)
    {
        if (_quorum is not null)
        {
            return "a second line 'quorum'";
        }

        _quorum = name;
        return name == TrustPolicy.NoQuorum || _names.Contains(name) ? null : "the quorum is not defined on an earlier line";
    }

    private string? Define(string name)
    {
        if (name == TrustPolicy.NoQuorum)
        {
            return "the name 'none' is taken";
        }

        return _names.Add(name) ? null : "a name is defined twice";
    }

    private string? ReadKey(string vkey, NoteKeyType type, out VerifierKey? key)
    {
        key = null;
        switch (VerifierKey.Parse(vkey))
        {
            case VerifierKeyParse.Refused refused:
                return refused.Reason;
            case VerifierKeyParse.Parsed parsed:
                key = parsed.Key;
                break;
        }

        if (key!.Type != type)
        {
            return type == NoteKeyType.Ed25519 ? "a log's key is not of type 0x01" : "a witness's key is not of type 0x04";
        }

        return _publicKeys.Add(new Digest(key.PublicKey.Span)) ? null : "a public key stands in the policy already";
    }
}
