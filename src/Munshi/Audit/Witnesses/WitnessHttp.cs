using Munshi.Channels.Egress;

namespace Munshi.Audit.Witnesses;

/// <summary>The way out to the witnesses.</summary>
internal sealed record WitnessHttp(HttpClient Client)
{
    /// <summary>The longest answer that is read.</summary>
    private const int MaxAnswerBytes = 64 * 1024;

    /// <summary>Through the egress gate: the configured witnesses alone.</summary>
    public static WitnessHttp Create(WitnessPolicy policy, EgressCounts counts) => new(
        new HttpClient(new EgressGate([.. policy.Witnesses.Select(witness => new Subprocessor("witness", witness.Address))], counts))
        {
            MaxResponseContentBufferSize = MaxAnswerBytes,
        });
}
