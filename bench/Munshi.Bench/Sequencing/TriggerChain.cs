namespace Munshi.Bench.Sequencing;

/// <summary>What <c>pgbench</c> runs against <c>sequencer/chain.sql</c>.</summary>
internal static class TriggerChain
{
    public const int Writers = 16;

    /// <summary>Each row differs, as events do; hashing and locking are the trigger's.</summary>
    public const string Insert =
        """
        INSERT INTO entry (log, at, action, object, commitment, ciphertext_hash)
        VALUES ('00000000-0000-0000-0000-000000000001', now(), 'bench.written', 'message:' || gen_random_uuid(), sha256('one'), sha256('two'));

        """;
}
