using System.Globalization;
using System.Text;
using System.Text.Json;
using Munshi.Ledger;
using Munshi.Ledger.Merkle;

namespace Munshi.Proofs;

/// <summary>One line of JSON that claims a proof, judged. Total: whatever is wrong is the verdict's reason.</summary>
internal static class ProofLine
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary><c>{"leafIndex","treeSize","leafHash","root","proof":[…]}</c>; sizes up to 2^64-1, hashes in base64 or hexadecimal.</summary>
    public static ProofVerdict JudgeInclusion(string line) => Judge(line, claim => InclusionProof.Verify(
        Number(claim, "leafIndex"), Number(claim, "treeSize"), Hash(claim, "leafHash"), Proof(claim), Hash(claim, "root")));

    /// <summary><c>{"oldSize","newSize","oldRoot","newRoot","proof":[…]}</c>.</summary>
    public static ProofVerdict JudgeConsistency(string line) => Judge(line, claim => ConsistencyProof.Verify(
        Number(claim, "oldSize"), Number(claim, "newSize"), Hash(claim, "oldRoot"), Hash(claim, "newRoot"), Proof(claim)));

    private static ProofVerdict Judge(string line, Func<JsonElement, ProofVerdict> verify)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line, Strict);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? verify(document.RootElement)
                : new ProofVerdict.Invalid("the line is not a JSON object");
        }
        catch (MalformedClaimException malformed)
        {
            return new ProofVerdict.Invalid(malformed.Message);
        }
        catch (JsonException)
        {
            return new ProofVerdict.Invalid("the line is not JSON, or names a field twice");
        }
    }

    private static ulong Number(JsonElement claim, string name)
    {
        JsonElement value = Field(claim, name);
        return value.ValueKind == JsonValueKind.Number && IsDecimal(value.GetRawText()) && value.TryGetUInt64(out ulong number)
            ? number
            : throw new MalformedClaimException($"{name} is not a whole number from 0 to 2^64-1");
    }

    private static bool IsDecimal(string text) => !text.AsSpan().ContainsAnyExceptInRange('0', '9');

    private static Digest[] Proof(JsonElement claim)
    {
        JsonElement value = Field(claim, "proof");
        if (value.ValueKind != JsonValueKind.Array)
        {
            throw new MalformedClaimException("proof is not a list");
        }

        return value.GetArrayLength() > InclusionProof.MaxHashes
            ? throw new MalformedClaimException(string.Create(CultureInfo.InvariantCulture, $"proof has more than {InclusionProof.MaxHashes} hashes"))
            : [.. value.EnumerateArray().Select(hash => Hash(hash) ?? throw new MalformedClaimException("proof holds what is not 32 bytes in base64 or hexadecimal"))];
    }

    private static Digest Hash(JsonElement claim, string name) =>
        Hash(Field(claim, name)) ?? throw new MalformedClaimException($"{name} is not 32 bytes in base64 or hexadecimal");

    private static Digest? Hash(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String || value.GetString() is not { } text)
        {
            return null;
        }

        if (text.Length == Digest.HexLength)
        {
            return Digest.TryParse(Encoding.UTF8.GetBytes(text), out Digest digest) ? digest : null;
        }

        Span<byte> bytes = stackalloc byte[Digest.Length];
        return text.Length == 44
            && Convert.TryFromBase64String(text, bytes, out int written)
            && written == Digest.Length
            && Convert.ToBase64String(bytes) == text
                ? new Digest(bytes)
                : null;
    }

    private static JsonElement Field(JsonElement claim, string name) =>
        claim.TryGetProperty(name, out JsonElement value) ? value : throw new MalformedClaimException($"{name} is missing");

    private sealed class MalformedClaimException(string reason) : Exception(reason);
}
