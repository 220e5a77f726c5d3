using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using Munshi.CommandLine;
using Munshi.Database;

namespace Munshi.Audit.Witnesses;

/// <summary><c>munshi ledger witnesses</c>: the key to give to a witness, and how far each has cosigned.</summary>
internal static class WitnessesVerb
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Build()
    {
        Option<bool> json = VerbOptions.Json();
        Command command = new("witnesses", "Show the ledger's key, and how far each configured witness has cosigned") { json };
        command.OnInstallation(VerbOptions.Data(), async (installation, parsed, cancellationToken) =>
        {
            WitnessListing listing = await WitnessListing.ReadAsync(installation.Get<Databases>().Reader, installation.Get<WitnessPolicy>(), cancellationToken);
            if (parsed.GetValue(json))
            {
                Console.WriteLine(JsonSerializer.Serialize(listing, Json));
            }
            else
            {
                Write(listing, Console.Out);
            }

            return 0;
        }, alsoClosed: true);
        return command;
    }

    private static void Write(WitnessListing listing, TextWriter output)
    {
        output.WriteLine(listing.Vkey is { } vkey ? $"The ledger's key: {vkey}" : "Nothing was signed yet: start the server once.");
        output.WriteLine($"Published: {listing.Size} ticks");
        foreach (ListedWitness witness in listing.Witnesses)
        {
            output.WriteLine($"{witness.Name}: {(witness.CosignedSize is { } size ? $"cosigned {size}" : "has cosigned nothing yet")}");
        }

        output.WriteLine(listing.Witnesses.Count == 0
            ? "No witness is configured."
            : $"By {listing.Quorum} of {listing.Witnesses.Count}: {(listing.CosignedSize is { } cosigned ? $"{cosigned} ticks" : "none")}");
    }
}
