using System.Security.Cryptography;
using System.Text;
using Munshi.Ledger.Notes;

namespace Munshi.Ledger.Tests.Notes;

public sealed class TrustPolicyTests
{
    private static readonly VerifierKey[] Witnesses = [.. "X1 X2 X3 Y1 Y2 Y3".Split(' ').Select(name => WitnessKey(name))];

    // The example of C2SP tlog-policy, with keys.
    private static readonly string Example =
        $"""
        # who must have seen it
        log {WorkedNotes.LogKey}

        witness X1 {Witnesses[0]} https://x1.example/
        witness X2 {Witnesses[1]}
        witness X3 {Witnesses[2]}
        group X-witnesses 2 X1 X2 X3

        witness Y1 {Witnesses[3]}
        witness Y2 {Witnesses[4]}
        witness Y3 {Witnesses[5]}
        group Y-witnesses any Y1 Y2 Y3

        group X-and-Y all X-witnesses Y-witnesses
        quorum X-and-Y

        """;

    private static readonly string OneWitness = $"log {WorkedNotes.LogKey}\nwitness w1 {WorkedNotes.WitnessKey}\nquorum w1\n";

    [Fact]
    public void The_example_of_the_specification_is_read()
    {
        TrustPolicy policy = Parsed(Example);

        Assert.Equal([new PolicyLog(Notary.LogKey, null)], policy.Logs);
        Assert.Equal(["X1", "X2", "X3", "Y1", "Y2", "Y3"], policy.Witnesses.Select(witness => witness.Name));
        Assert.Equal(Witnesses, policy.Witnesses.Select(witness => witness.Key));
        Assert.Equal("https://x1.example/", policy.Witnesses[0].Url);
        Assert.Equal([("X-witnesses", 2), ("Y-witnesses", 1), ("X-and-Y", 2)], policy.Groups.Select(group => (group.Name, group.Threshold)));
        Assert.Equal("X-and-Y", policy.Quorum);
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("X1", false)]
    [InlineData("X1 X2", false)]
    [InlineData("Y1 Y2 Y3", false)]
    [InlineData("X1 Y1", false)]
    [InlineData("X1 X2 Y1", true)]
    [InlineData("X2 X3 Y3", true)]
    [InlineData("X1 X2 X3 Y1 Y2 Y3", true)]
    public void The_quorum_of_the_example_is_two_X_and_one_Y(string cosigners, bool met)
    {
        string[] names = cosigners.Split(' ', StringSplitOptions.RemoveEmptyEntries);

        QuorumVerdict verdict = Parsed(Example).Judge(names.Select(name => WitnessKey(name)));

        Assert.Equal(met, verdict.IsMet);
        Assert.Equal(names, verdict.Counted.Select(witness => witness.Name));
        Assert.Equal(6 - names.Length, verdict.Missing.Count);
    }

    [Fact]
    public void Keys_that_the_policy_does_not_know_count_for_nothing()
    {
        QuorumVerdict verdict = Parsed(Example).Judge([WitnessKey("X1"), WitnessKey("X9"), WitnessKey("Y1"), WitnessKey("X1"), Notary.LogKey]);

        Assert.False(verdict.IsMet);
        Assert.Equal(["X1", "Y1"], verdict.Counted.Select(witness => witness.Name));
    }

    [Fact]
    public void A_witness_outside_the_quorum_does_not_count()
    {
        QuorumVerdict verdict = Parsed($"witness a {Witnesses[0]}\nwitness b {Witnesses[1]}\nquorum a\n").Judge([Witnesses[1]]);

        Assert.Equal((false, 0), (verdict.IsMet, verdict.Counted.Count));
        Assert.Equal(["a"], verdict.Missing.Select(witness => witness.Name));
    }

    [Fact]
    public void Without_a_quorum_no_witness_is_needed()
    {
        Assert.True(Parsed("quorum none\n").Judge([]).IsMet);
        Assert.IsType<PolicyVerdict.Accepted>(Parsed($"log {WorkedNotes.LogKey}\nquorum none\n").Judge(Notary.Note(WorkedNotes.Note7)));
    }

    [Fact]
    public void A_cosigned_checkpoint_of_a_known_log_is_accepted()
    {
        PolicyVerdict.Accepted accepted = Assert.IsType<PolicyVerdict.Accepted>(Parsed(OneWitness).Judge(Notary.Note(WorkedNotes.CosignedNote7)));

        Assert.Equal((7, Notary.LogKey), (accepted.Checkpoint.Size, accepted.Log.Key));
        Assert.Equal(["w1"], accepted.Quorum.Counted.Select(witness => witness.Name));
    }

    [Fact]
    public void A_checkpoint_without_its_witness_is_not_accepted()
    {
        PolicyVerdict.TooFewWitnesses verdict = Assert.IsType<PolicyVerdict.TooFewWitnesses>(Parsed(OneWitness).Judge(Notary.Note(WorkedNotes.Note7)));

        Assert.Equal(["w1"], verdict.Quorum.Missing.Select(witness => witness.Name));
    }

    [Fact]
    public void A_cosignature_that_does_not_hold_refuses_the_note()
    {
        Assert.Equal(
            new PolicyVerdict.Refused("a signature by a known key does not hold"),
            Parsed(OneWitness).Judge(Notary.Note(Notary.Changed(WorkedNotes.CosignedNote7, "vwIBIm9h", "vwIBIm9i"))));
    }

    [Fact]
    public void A_checkpoint_signed_by_witnesses_alone_is_refused()
    {
        using NoteSigner witness = Notary.Witness();
        SignedNote note = SignedNote.Create(
            Notary.Utf8(WorkedNotes.Checkpoint7), witness.Cosign(Notary.Checkpoint(WorkedNotes.Checkpoint7), 1));

        Assert.Equal(new PolicyVerdict.Refused("no signature by a log of the policy in whose name the checkpoint is"), Parsed(OneWitness).Judge(note));
    }

    [Fact]
    public void A_log_s_signature_under_another_log_s_name_is_refused()
    {
        using NoteSigner log = Notary.Log();
        SignedNote note = log.SignNote(Notary.Utf8(Notary.Changed(WorkedNotes.Checkpoint7, "t/acme", "t/other")));

        Assert.Equal(new PolicyVerdict.Refused("no signature by a log of the policy in whose name the checkpoint is"), Parsed(OneWitness).Judge(note));
    }

    [Fact]
    public void A_note_that_is_no_checkpoint_is_refused()
    {
        using NoteSigner log = Notary.Log();

        Assert.Equal(new PolicyVerdict.Refused("the note is no checkpoint"), Parsed(OneWitness).Judge(log.SignNote("text\n"u8)));
    }

    [Fact]
    public void A_note_by_nobody_that_the_policy_knows_is_refused()
    {
        Assert.Equal(new PolicyVerdict.Refused("no signature by a known key"), Parsed(Example.Replace(WorkedNotes.LogKey, OtherLog(), StringComparison.Ordinal)).Judge(Notary.Note(WorkedNotes.Note7)));
    }

    [Fact]
    public void Blanks_around_words_comments_and_empty_lines_say_nothing()
    {
        TrustPolicy policy = Parsed($"\n \t\n  # a\tcomment\n#\n\t witness \t é  {WorkedNotes.WitnessKey}\t\n quorum\té \n\n");

        Assert.Equal(("é", "é"), (policy.Witnesses[0].Name, policy.Quorum));
    }

    [Fact]
    public void Sixty_four_logs_witnesses_and_groups_are_read()
    {
        StringBuilder file = new();
        for (int i = 0; i < 64; i++)
        {
            file.Append(null, $"log {LogKey($"log{i}")}\nwitness w{i} {WitnessKey($"w{i}")}\ngroup g{i} any w{i}{(i > 0 ? $" g{i - 1}" : "")}\n");
        }

        TrustPolicy policy = Parsed(file.Append("quorum g63\n").ToString());

        Assert.Equal((64, 64, 64), (policy.Logs.Count, policy.Witnesses.Count, policy.Groups.Count));
        Assert.True(policy.Judge([WitnessKey("w0")]).IsMet);
        Assert.Equal(64, policy.Judge([]).Missing.Count);
    }

    [Theory]
    [InlineData("quorum none", 1, "the line does not end with a line feed")]
    [InlineData("", 1, "no line 'quorum'")]
    [InlineData("# nothing\n", 2, "no line 'quorum'")]
    [InlineData("quorum none\nquorum none\n", 2, "a second line 'quorum'")]
    [InlineData("quorum\n", 1, "too few or too many words for such a line")]
    [InlineData("quorum none none\n", 1, "too few or too many words for such a line")]
    [InlineData("quorum w\n", 1, "the quorum is not defined on an earlier line")]
    [InlineData("quorum None\n", 1, "the quorum is not defined on an earlier line")]
    [InlineData("quorum w\nwitness w W1\n", 1, "the quorum is not defined on an earlier line")]
    [InlineData("Quorum none\n", 1, "not a log, witness, group or quorum line")]
    [InlineData("vouch none\n", 1, "not a log, witness, group or quorum line")]
    [InlineData("quorum none\r\n", 1, "a control character other than tab and line feed")]
    [InlineData("quorum none\u007f\n", 1, "a control character other than tab and line feed")]
    [InlineData("quorum\u00a0none\n", 1, "not a log, witness, group or quorum line")]
    [InlineData("log\n", 1, "too few or too many words for such a line")]
    [InlineData("log LOG url more\n", 1, "too few or too many words for such a line")]
    [InlineData("log W1\n", 1, "a log's key is not of type 0x01")]
    [InlineData("witness a LOG\n", 1, "a witness's key is not of type 0x04")]
    [InlineData("log rubbish\n", 1, "fewer than two plus signs")]
    [InlineData("log LOG\nlog LOG\n", 2, "a public key stands in the policy already")]
    [InlineData("log LOG\nlog OTHERNAME\n", 2, "a public key stands in the policy already")]
    [InlineData("log LOG\nwitness a LOGASWITNESS\n", 2, "a public key stands in the policy already")]
    [InlineData("witness a W1\nwitness b W1\n", 2, "a public key stands in the policy already")]
    [InlineData("witness a W1\nwitness a W2\n", 2, "a name is defined twice")]
    [InlineData("witness none W1\n", 1, "the name 'none' is taken")]
    [InlineData("witness a\n", 1, "too few or too many words for such a line")]
    [InlineData("witness a W1\ngroup a any a\n", 2, "a name is defined twice")]
    [InlineData("witness a W1\ngroup none any a\n", 2, "the name 'none' is taken")]
    [InlineData("group g any g\n", 1, "a member is not defined on an earlier line")]
    [InlineData("group g any none\n", 1, "a member is not defined on an earlier line")]
    [InlineData("group g any a\nwitness a W1\n", 1, "a member is not defined on an earlier line")]
    [InlineData("group g any\n", 1, "too few or too many words for such a line")]
    [InlineData("witness a W1\ngroup g any a a\n", 2, "a member stands in a group already")]
    [InlineData("witness a W1\ngroup g any a\ngroup h any a\n", 3, "a member stands in a group already")]
    [InlineData("witness a W1\ngroup g 0 a\n", 2, "the threshold is not any, all or a canonical number from 1 to that of the members")]
    [InlineData("witness a W1\ngroup g 2 a\n", 2, "the threshold is not any, all or a canonical number from 1 to that of the members")]
    [InlineData("witness a W1\ngroup g 01 a\n", 2, "the threshold is not any, all or a canonical number from 1 to that of the members")]
    [InlineData("witness a W1\ngroup g +1 a\n", 2, "the threshold is not any, all or a canonical number from 1 to that of the members")]
    [InlineData("witness a W1\ngroup g most a\n", 2, "the threshold is not any, all or a canonical number from 1 to that of the members")]
    [InlineData("witness a W1\ngroup g 18446744073709551617 a\n", 2, "the threshold is not any, all or a canonical number from 1 to that of the members")]
    public void What_is_against_the_rules_is_refused_with_line_and_reason(string file, int line, string reason)
    {
        string filled = file
            .Replace("LOGASWITNESS", new VerifierKey("log", NoteKeyType.Cosignature, Notary.LogKey.PublicKey.Span).ToString(), StringComparison.Ordinal)
            .Replace("LOG", WorkedNotes.LogKey, StringComparison.Ordinal)
            .Replace("OTHERNAME", new VerifierKey("other", NoteKeyType.Ed25519, Notary.LogKey.PublicKey.Span).ToString(), StringComparison.Ordinal)
            .Replace("W1", WorkedNotes.WitnessKey, StringComparison.Ordinal)
            .Replace("W2", Witnesses[0].ToString(), StringComparison.Ordinal);

        Assert.Equal(new TrustPolicyParse.Refused(line, reason), TrustPolicy.Parse(Notary.Utf8(filled)));
    }

    [Fact]
    public void Bytes_that_are_not_UTF_8_are_refused()
    {
        Assert.Equal(new TrustPolicyParse.Refused(1, "not valid UTF-8"), TrustPolicy.Parse([(byte)'#', 0xFF, (byte)'\n']));
    }

    [Fact]
    public void A_file_beyond_the_limit_is_refused()
    {
        Assert.Equal(new TrustPolicyParse.Refused(1, "the file is longer than 1000000 bytes"), TrustPolicy.Parse(new byte[1_000_001]));
    }

    private static TrustPolicy Parsed(string file) => Assert.IsType<TrustPolicyParse.Parsed>(TrustPolicy.Parse(Notary.Utf8(file))).Policy;

    private static VerifierKey WitnessKey(string name) =>
        new($"{name}.example", NoteKeyType.Cosignature, Ed25519.PublicKey(SHA256.HashData(Encoding.UTF8.GetBytes(name))));

    private static VerifierKey LogKey(string name) => new(name, NoteKeyType.Ed25519, Ed25519.PublicKey(SHA256.HashData(Encoding.UTF8.GetBytes(name))));

    private static string OtherLog() => LogKey("other.example").ToString();
}
