using Munshi.Database.Roles;

namespace Munshi.Tests.Database;

public sealed class ScramVerifierTests
{
    /// <summary>
    /// Made by PostgreSQL 15 itself: <c>SET password_encryption = 'scram-sha-256'; CREATE ROLE sample PASSWORD 'correct-horse-00';</c>
    /// <c>SELECT rolpassword FROM pg_authid WHERE rolname = 'sample'</c>.
    /// </summary>
    private const string MadeByPostgres = "SCRAM-SHA-256$4096:6CCjTgH4Z1JlDJGk1m3+Tg==$XMZBY67t8BfYhbDABKIkIsNQzov6Sa4HZifnLRYpJm4=:aINkFKk3I9YvEDcM54egi/dZ5zzRO9xoKF6wqCTK6yI=";

    [Fact]
    public void A_verifier_is_the_one_that_postgres_makes_of_the_same_password_and_salt()
    {
        string salt = MadeByPostgres.Split('$')[1].Split(':')[1];
        byte[] bytes = new byte[16];
        Assert.True(Convert.TryFromBase64String(salt, bytes, out int length) && length == 16);

        Assert.Equal(MadeByPostgres, ScramVerifier.Create("correct-horse-00", bytes));
    }

    [Fact]
    public void The_same_password_has_another_verifier_each_time() =>
        Assert.NotEqual(ScramVerifier.Create("correct-horse-00"), ScramVerifier.Create("correct-horse-00"));

    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    [InlineData(17)]
    public void A_salt_of_another_length_is_refused(int length) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ScramVerifier.Create("correct-horse-00", new byte[length]));
}
