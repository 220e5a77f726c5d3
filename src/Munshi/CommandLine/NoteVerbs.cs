using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Munshi.Import;
using Munshi.Ledger.Notes;

namespace Munshi.CommandLine;

/// <summary><c>munshi note verify|sign</c>: C2SP signed notes, without an installation.</summary>
internal static class NoteVerbs
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Build()
    {
        Command command = new("note", "Signed notes, as transparency logs and their witnesses write them");
        command.Subcommands.Add(Verify());
        command.Subcommands.Add(Sign());
        return command;
    }

    private static Command Verify()
    {
        Argument<string> file = new("FILE") { Description = "The note, or - for standard input" };
        Option<string[]> keys = new("--key") { Description = "A verifier key, name+id+key; may be given again", Required = true, HelpName = "VKEY" };
        keys.Validators.Add(RequireKeys);
        Option<bool> json = VerbOptions.Json();
        Command command = new("verify", "Check a note's signatures by keys that one knows; needs no database") { file, keys, json };
        command.OnRun((parsed, _) =>
        {
            VerifierKey[] known = [.. parsed.GetRequiredValue(keys).Select(VerifierKey.Parse).OfType<VerifierKeyParse.Parsed>().Select(key => key.Key)];
            NoteVerification verification = SignedNote.Parse(Read(parsed.GetRequiredValue(file), "note")) switch
            {
                SignedNoteParse.Parsed { Note: { } note } => note.Verify(known),
                SignedNoteParse.Refused refused => new NoteVerification.Refused(refused.Reason),
                _ => throw new System.Diagnostics.UnreachableException(),
            };
            return Task.FromResult(Print(verification, parsed.GetValue(json)));
        });
        return command;
    }

    private static Command Sign()
    {
        Argument<string> file = new("FILE") { Description = "The text, ended by a line feed, or - for standard input" };
        Option<string> key = new("--key") { Description = "A file with the private key, PRIVATE+KEY+name+id+key", Required = true, HelpName = "FILE" };
        Option<bool> json = VerbOptions.Json();
        Command command = new("sign", "Print a text as a note signed by a key; needs no database") { file, key, json };
        command.OnRun(async (parsed, cancellationToken) =>
        {
            using NoteSigner signer = OpenKey(parsed.GetRequiredValue(key));
            byte[] text = Read(parsed.GetRequiredValue(file), "text");
            byte[] note = Signed(signer, text).Encode();
            if (parsed.GetValue(json))
            {
                Console.WriteLine(JsonSerializer.Serialize(
                    new { name = signer.VerifierKey.Name, keyId = signer.VerifierKey.KeyId.ToString("x8", null), note = Encoding.UTF8.GetString(note) }, Json));
                return 0;
            }

            await using Stream output = Console.OpenStandardOutput();
            await output.WriteAsync(note, cancellationToken);
            return 0;
        });
        return command;
    }

    private static int Print(NoteVerification verification, bool json)
    {
        if (json)
        {
            Console.WriteLine(verification switch
            {
                NoteVerification.Verified verified => JsonSerializer.Serialize(
                    new
                    {
                        valid = true,
                        signatures = verified.Signatures.Select(signature => new
                        {
                            name = signature.Key.Name,
                            keyId = signature.Key.KeyId.ToString("x8", null),
                            timestamp = signature.Timestamp,
                        }),
                    },
                    Json),
                NoteVerification.Refused refused => JsonSerializer.Serialize(new { valid = false, reason = refused.Reason }, Json),
                _ => throw new System.Diagnostics.UnreachableException(),
            });
        }

        if (verification is NoteVerification.Refused { Reason: { } reason })
        {
            throw new RefusalException($"The note does not verify: {reason}.");
        }

        if (!json)
        {
            foreach (VerifiedSignature signature in ((NoteVerification.Verified)verification).Signatures)
            {
                string time = signature.Timestamp is { } timestamp ? $", POSIX time {timestamp}" : "";
                Console.WriteLine($"Signed by {TerminalText.Line(signature.Key.Name)}, key {signature.Key.KeyId:x8}{time}.");
            }
        }

        return 0;
    }

    private static SignedNote Signed(NoteSigner signer, byte[] text)
    {
        if (signer.VerifierKey.Type != NoteKeyType.Ed25519)
        {
            throw new RefusalException("The key is a witness's: it signs checkpoints that the witness has checked, and nothing else.");
        }

        try
        {
            return signer.SignNote(text);
        }
        catch (ArgumentException)
        {
            throw new RefusalException(
                $"The text cannot be signed: it must be UTF-8, end with a line feed, hold no other control character, and be at most {SignedNote.MaxLength} bytes with its signature.");
        }
    }

    /// <exception cref="RefusalException">The file cannot be read or holds no private key.</exception>
    private static NoteSigner OpenKey(string file)
    {
        if (file == "-")
        {
            throw new RefusalException("The private key is read from a file only.");
        }

        return NoteSigner.Parse(Encoding.UTF8.GetBytes(SecretInput.Read(file, "private key"))) switch
        {
            NoteSignerParse.Parsed parsed => parsed.Signer,
            NoteSignerParse.Refused refused => throw new RefusalException($"The private key is refused: {refused.Reason}."),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>At most one byte more than a note may have, so that a longer one is seen as such.</summary>
    /// <exception cref="RefusalException">The file cannot be read.</exception>
    private static byte[] Read(string file, string what)
    {
        try
        {
            using Stream input = file == "-" ? Console.OpenStandardInput() : File.OpenRead(file);
            byte[] bytes = new byte[SignedNote.MaxLength + 1];
            return bytes[..input.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new RefusalException($"The {what} could not be read from that file.");
        }
    }

    private static void RequireKeys(OptionResult option)
    {
        foreach (string key in option.GetValueOrDefault<string[]>() ?? [])
        {
            if (VerifierKey.Parse(key) is VerifierKeyParse.Refused refused)
            {
                option.AddError($"--key must be a verifier key, name+id+key: {refused.Reason}.");
            }
        }
    }
}
