using System.Globalization;
using System.Text;
using System.Text.Json;
using Munshi.WhatsApp.Webhooks;

namespace Munshi.WhatsApp.Tests.Webhooks;

public sealed class HostileDeliveryTests
{
    private const int Mutations = 5000;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    [Fact]
    public void Damaged_deliveries_are_read_or_refused_but_never_throw()
    {
        (int split, int refused) = Damage(seed: 20261121, done => done < Mutations);

        Assert.InRange(split, Mutations / 2, Mutations);
        Assert.InRange(refused, Mutations / 20, Mutations);
    }

    /// <summary><c>MUNSHI_HOSTILE_MINUTES=60</c> says for how long; the seed is told with the count, so that the same run can be had again.</summary>
    [Fact]
    public void Deliveries_are_damaged_for_as_long_as_is_asked_for()
    {
        double minutes = double.Parse(Environment.GetEnvironmentVariable("MUNSHI_HOSTILE_MINUTES") ?? "0", CultureInfo.InvariantCulture);
        ulong seed = ulong.Parse(Environment.GetEnvironmentVariable("MUNSHI_HOSTILE_SEED") ?? "7", CultureInfo.InvariantCulture);
        long start = TimeProvider.System.GetTimestamp();

        (int split, int refused) = Damage(seed, done => done < 100 || TimeProvider.System.GetElapsedTime(start).TotalMinutes < minutes);

        TestContext.Current.SendDiagnosticMessage($"Seed {seed}: {split + refused} damaged deliveries in {minutes} minutes, {split} read and {refused} refused.");
        Assert.NotEqual(0, split);
    }

    private static (int Split, int Refused) Damage(ulong seed, Predicate<int> goOn)
    {
        string[] samples = [.. SamplePayloads.All, .. Directory.EnumerateFiles(Corpus()).Order(StringComparer.Ordinal).Select(File.ReadAllText)];
        SeededNumbers numbers = new(seed);
        JsonMutator mutator = new(numbers);
        int split = 0;
        int refused = 0;
        for (int i = 0; goOn(i); i++)
        {
            byte[] body = mutator.Mutate(samples[numbers.Below(samples.Length)]);
            try
            {
                Readings.Of(body);
                if (WebhookEnvelope.Read(body) is EnvelopeOutcome.Updates updates)
                {
                    split++;
                    Check(updates.Items);
                }
                else
                {
                    refused++;
                }
            }
            catch (Exception thrown) when (thrown is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"Seed {seed}, mutation {i}: {thrown}\n{Encoding.UTF8.GetString(body)}");
            }
        }

        return (split, refused);
    }

    /// <summary>The fixtures that the running server's tests deliver whole.</summary>
    private static string Corpus()
    {
        DirectoryInfo folder = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Munshi.slnx")))
        {
            folder = folder.Parent!;
        }

        return Path.Combine(folder.FullName, "tests", "Corpus", "Webhooks");
    }

    private static void Check(IReadOnlyList<WebhookUpdate> updates)
    {
        for (int i = 0; i < updates.Count; i++)
        {
            using JsonDocument json = JsonDocument.Parse(updates[i].Json);
            Assert.Equal(JsonValueKind.Object, json.RootElement.ValueKind);
            Assert.Equal(i, updates[i].Ordinal);
            string?[] texts = [updates[i].Field, updates[i].PhoneNumberId, updates[i].WabaId, .. Readings.Of(updates[i].Json).SelectMany(Readings.TextsIn)];
            Assert.All(texts, text => Strict.GetByteCount(text ?? ""));
        }
    }
}
