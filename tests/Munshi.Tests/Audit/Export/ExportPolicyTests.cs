using System.Text;
using Munshi.Ledger.Notes;

namespace Munshi.Tests.Audit.Export;

public sealed class ExportPolicyTests(ExportedWorkspace exported) : IClassFixture<ExportedWorkspace>
{
    private const string InstanceCheckpoint = "instance/checkpoint";

    [Fact]
    public async Task The_installations_key_in_the_auditors_own_policy_is_enough()
    {
        string policy = Policy($"log {Instance()}\nquorum none\n");

        Assert.All(await OfflineVerifier.BothAsync(exported.Whole, "--policy", policy), verdict =>
        {
            Assert.Empty(verdict.Findings);
            Assert.Equal("given", verdict.Total.GetProperty("trust").GetString());
        });
    }

    [Fact]
    public async Task Another_key_of_the_same_name_is_refused()
    {
        using NoteSigner stranger = NoteSigner.Generate(Instance().Name, NoteKeyType.Ed25519);
        string policy = Policy($"log {stranger.VerifierKey}\nquorum none\n");

        Assert.All(await OfflineVerifier.BothAsync(exported.Whole, "--policy", policy), verdict =>
        {
            Assert.Equal(1, verdict.ExitCode);
            Assert.Equal(
                [("checkpoint", "signature"), (InstanceCheckpoint, "signature"), ("policy", "signature")],
                verdict.Findings.Select(finding => (finding.File, finding.Kind)).Order());
        });
    }

    [Fact]
    public async Task Witnesses_that_the_policy_asks_for_must_have_cosigned()
    {
        using NoteSigner witness = NoteSigner.Generate("witness.example/w1", NoteKeyType.Cosignature);
        using NoteSigner other = NoteSigner.Generate("witness.example/w2", NoteKeyType.Cosignature);
        string policy = Policy(
            $"log {Instance()}\nwitness one {witness.VerifierKey}\nwitness two {other.VerifierKey}\ngroup both 1 one two\nquorum both\n");
        string cosigned = Cosigned(note => note.With(witness.Cosign(CheckpointOf(note), 1795219200)));
        string wrongly = Cosigned(note => note.With(new NoteSignature(witness.VerifierKey.Name, witness.VerifierKey.KeyId, new byte[72])));

        foreach ((string export, (string File, long? Seq, string Kind)[] expected) in ((string, (string, long?, string)[])[])
            [
                (exported.Whole, [(InstanceCheckpoint, null, "quorum")]),
                (cosigned, []),
                (wrongly, [(InstanceCheckpoint, null, "quorum"), (InstanceCheckpoint, null, "signature")]),
            ])
        {
            Verdict[] verdicts = await OfflineVerifier.BothAsync(export, "--policy", policy);
            Assert.All(verdicts, verdict => Assert.Superset(expected.ToHashSet(), verdict.Findings.ToHashSet()));
            Assert.All(verdicts, verdict => Assert.Equal(expected.Length == 0, verdict.IsOk));
        }
    }

    private static Checkpoint CheckpointOf(SignedNote note) => Assert.IsType<CheckpointParse.Parsed>(Checkpoint.Parse(note.Text.Span)).Checkpoint;

    private VerifierKey Instance()
    {
        string text = File.ReadAllText(Path.Combine(exported.Whole, "policy")).Split('\n')[0]["log ".Length..];
        VerifierKey log = Assert.IsType<VerifierKeyParse.Parsed>(VerifierKey.Parse(text)).Key;
        return new VerifierKey(log.Name[..log.Name.IndexOf("/w/", StringComparison.Ordinal)], NoteKeyType.Ed25519, log.PublicKey.Span);
    }

    private string Policy(string text)
    {
        string path = exported.NewDirectory();
        File.WriteAllText(path, text);
        return path;
    }

    private string Cosigned(Func<SignedNote, SignedNote> cosign)
    {
        string copy = exported.Copy(exported.Whole);
        string file = Path.Combine(copy, "instance/tick.tlog-proof");
        TlogProof proof = Assert.IsType<TlogProofParse.Parsed>(TlogProof.Parse(File.ReadAllBytes(file))).Proof;
        SignedNote note = cosign(proof.Note);
        File.WriteAllBytes(file, new TlogProof(proof.Index, proof.Hashes, note, ReadOnlyMemory<byte>.Empty).Encode());
        File.WriteAllText(Path.Combine(copy, InstanceCheckpoint), note.ToString(), new UTF8Encoding(false));
        return copy;
    }
}
