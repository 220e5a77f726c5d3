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
        string[] samples = [.. SamplePayloads.All];
        SeededNumbers numbers = new(seed: 20261121);
        JsonMutator mutator = new(numbers);
        int split = 0;
        int refused = 0;
        for (int i = 0; i < Mutations; i++)
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
                Assert.Fail($"Mutation {i}: {thrown}\n{Encoding.UTF8.GetString(body)}");
            }
        }

        Assert.InRange(split, Mutations / 2, Mutations);
        Assert.InRange(refused, Mutations / 20, Mutations);
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
