using System.Globalization;
using System.Text;

namespace Munshi.Audit.Export;

/// <summary>A record as it goes out to be checked, byte for byte in <c>docs/data-format.md</c>.</summary>
internal static class RecordText
{
    /// <summary>One line of ASCII, without its line feed.</summary>
    /// <param name="seq">The entry's number.</param>
    /// <param name="target">The leaf's object.</param>
    /// <param name="id">The row's id.</param>
    /// <param name="opened">The record.</param>
    /// <param name="isWithheld">Whether plaintext and salt are left out, as where the key is gone.</param>
    public static string Of(long seq, string target, Guid id, OpenedRecord opened, bool isWithheld)
    {
        RecordCommitment? record = isWithheld ? null : opened.Record;
        StringBuilder line = new();
        line.Append(CultureInfo.InvariantCulture, $"{{\"seq\":{seq},\"object\":\"{target}\",\"record\":");
        Append(line, record?.Canonical.ToArray());
        line.Append(",\"salt\":");
        Append(line, record is null ? null : RecordCommitment.SaltOf(opened.Key!, id));
        line.Append(",\"sealed\":[");
        for (int i = 0; i < opened.Sealed.Length; i++)
        {
            line.Append(i > 0 ? "," : "");
            Append(line, opened.Sealed[i]);
        }

        return line.Append("]}").ToString();
    }

    private static void Append(StringBuilder line, byte[]? bytes)
    {
        if (bytes is null)
        {
            line.Append("null");
        }
        else
        {
            line.Append('"').Append(Convert.ToBase64String(bytes)).Append('"');
        }
    }
}
