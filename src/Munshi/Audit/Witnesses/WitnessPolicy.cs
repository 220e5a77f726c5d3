using System.Globalization;
using Munshi.CommandLine;
using Munshi.Ledger.Notes;

namespace Munshi.Audit.Witnesses;

/// <summary>Who witnesses the instance log, and how many of them must: <c>Ledger:Witnesses</c> and <c>Ledger:Quorum</c>.</summary>
/// <param name="Witnesses">No two share a name or a key.</param>
/// <param name="Quorum">1 to their number; 0 where there are none.</param>
internal sealed record WitnessPolicy(IReadOnlyList<ConfiguredWitness> Witnesses, int Quorum)
{
    public static WitnessPolicy None { get; } = new([], 0);

    /// <summary>The configured policy; without a quorum, all of them must cosign.</summary>
    /// <exception cref="RefusalException">A value is not what it may be.</exception>
    public static WitnessPolicy Read(IConfiguration configuration)
    {
        ConfiguredWitness[] witnesses = [.. configuration.GetSection("Ledger:Witnesses").GetChildren().Select(ReadOne)];
        if (witnesses.DistinctBy(witness => witness.Key.Name).Count() < witnesses.Length
            || witnesses.DistinctBy(witness => Convert.ToHexString(witness.Key.PublicKey.Span)).Count() < witnesses.Length)
        {
            throw new RefusalException("Ledger:Witnesses names a witness twice: each has a name and a key of its own.");
        }

        if (configuration["Ledger:Quorum"] is not { } text)
        {
            return new WitnessPolicy(witnesses, witnesses.Length);
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int quorum) && quorum >= 1 && quorum <= witnesses.Length
            ? new WitnessPolicy(witnesses, quorum)
            : throw new RefusalException("Ledger:Quorum must be a number from 1 to that of Ledger:Witnesses.");
    }

    /// <summary>Whether these of its witnesses are enough; without any witness, never.</summary>
    public bool IsMet(int cosigned) => Quorum > 0 && cosigned >= Quorum;

    private static ConfiguredWitness ReadOne(IConfigurationSection section)
    {
        if (VerifierKey.Parse(section["Vkey"] ?? "") is not VerifierKeyParse.Parsed { Key: { Type: NoteKeyType.Cosignature } key })
        {
            throw new RefusalException($"{section.Path}:Vkey must be a witness's verifier key, as ./munshi witness prints it.");
        }

        return Uri.TryCreate(section["Url"], UriKind.Absolute, out Uri? address)
            && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
            && address is { UserInfo: "", Query: "", Fragment: "" }
            ? new ConfiguredWitness(key, address.AbsolutePath.EndsWith('/') ? address : new Uri($"{address}/"))
            : throw new RefusalException($"{section.Path}:Url must be an https address (http for this machine only), for example https://witness.example/.");
    }
}
