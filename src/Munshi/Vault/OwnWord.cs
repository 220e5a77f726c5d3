using System.Text;

namespace Munshi.Vault;

/// <summary>Names that the business gives, told apart as a reader does.</summary>
internal static class OwnWord
{
    /// <summary>What two names have in common that look the same but for large and small letters, spaces and forms of the same letters; UTF-8.</summary>
    public static byte[] Fold(string name) => Encoding.UTF8.GetBytes(
        string.Join(' ', Composed(name).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).ToUpperInvariant());

    /// <summary>What Unicode has no normal form of stands for itself.</summary>
    private static string Composed(string name)
    {
        try
        {
            return name.Normalize(NormalizationForm.FormKC);
        }
        catch (ArgumentException)
        {
            return name;
        }
    }
}
