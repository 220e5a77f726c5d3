using Microsoft.Extensions.Configuration;
using Munshi.Audit.Witnesses;
using Munshi.CommandLine;
using Munshi.Tests.Witness;

namespace Munshi.Tests.Audit.Witnesses;

/// <summary>What stands in the configuration is checked before the server starts.</summary>
public sealed class WitnessPolicyTests
{
    private const string Second = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

    [Fact]
    public void Without_a_quorum_all_witnesses_must_cosign()
    {
        WitnessPolicy policy = Read(("Witnesses:0:Vkey", WorkedLog.WitnessVkey), ("Witnesses:0:Url", "https://witness.example/munshi"));

        Assert.Equal((1, "https://witness.example/munshi/", "witness.example/w1"), (policy.Quorum, policy.Witnesses[0].Address.ToString(), policy.Witnesses[0].Key.Name));
        Assert.True(policy.IsMet(1));
        Assert.False(policy.IsMet(0));
    }

    [Fact]
    public void Without_a_witness_no_checkpoint_counts_as_witnessed()
    {
        Assert.Equal(0, Read().Quorum);
        Assert.False(Read().IsMet(0));
    }

    [Theory]
    [InlineData("rubbish", "https://witness.example/", "Ledger:Witnesses:0:Vkey must be a witness's verifier key, as ./munshi witness prints it.")]
    [InlineData(Second, "https://witness.example/", "Ledger:Witnesses:0:Vkey must be a witness's verifier key, as ./munshi witness prints it.")]
    [InlineData(WorkedLog.WitnessVkey, "http://witness.example/", "Ledger:Witnesses:0:Url must be an https address (http for this machine only), for example https://witness.example/.")]
    [InlineData(WorkedLog.WitnessVkey, "https://u:p@witness.example/", "Ledger:Witnesses:0:Url must be an https address (http for this machine only), for example https://witness.example/.")]
    [InlineData(WorkedLog.WitnessVkey, "", "Ledger:Witnesses:0:Url must be an https address (http for this machine only), for example https://witness.example/.")]
    public void What_is_no_witness_is_refused_in_one_sentence(string vkey, string url, string sentence) =>
        Assert.Equal(sentence, Assert.Throws<RefusalException>(() => Read(("Witnesses:0:Vkey", vkey), ("Witnesses:0:Url", url))).Message);

    [Theory]
    [InlineData("0")]
    [InlineData("2")]
    [InlineData("+1")]
    [InlineData("all")]
    public void A_quorum_that_cannot_be_met_or_asks_for_nothing_is_refused(string quorum) => Assert.Equal(
        "Ledger:Quorum must be a number from 1 to that of Ledger:Witnesses.",
        Assert.Throws<RefusalException>(() => Read(("Witnesses:0:Vkey", WorkedLog.WitnessVkey), ("Witnesses:0:Url", "https://w.example/"), ("Quorum", quorum))).Message);

    [Fact]
    public void One_witness_named_twice_does_not_count_as_two() => Assert.StartsWith(
        "Ledger:Witnesses names a witness twice",
        Assert.Throws<RefusalException>(() => Read(
            ("Witnesses:0:Vkey", WorkedLog.WitnessVkey), ("Witnesses:0:Url", "https://w.example/"),
            ("Witnesses:1:Vkey", WorkedLog.WitnessVkey), ("Witnesses:1:Url", "https://other.example/"))).Message,
        StringComparison.Ordinal);

    private static WitnessPolicy Read(params (string Key, string Value)[] settings) => WitnessPolicy.Read(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create($"Ledger:{setting.Key}", (string?)setting.Value))).Build());
}
