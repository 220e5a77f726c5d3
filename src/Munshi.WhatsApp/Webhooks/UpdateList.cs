using System.Buffers;
using System.Text.Json;
using Munshi.WhatsApp.Json;

namespace Munshi.WhatsApp.Webhooks;

/// <summary>Builds the updates of one delivery, one after the other: <see cref="Begin"/>, parts, <see cref="End"/>.</summary>
internal sealed class UpdateList
{
    private readonly List<WebhookUpdate> _updates = [];
    private readonly ArrayBufferWriter<byte> _json = new(1024);
    private readonly List<JsonElement> _found = [];
    private long _totalBytes;

    /// <summary>Set once a limit is passed; what follows is ignored.</summary>
    public EnvelopeFlaw? Flaw { get; private set; }

    public int Count => _updates.Count;

    public EnvelopeOutcome Outcome =>
        Flaw is { } flaw ? new EnvelopeOutcome.Malformed(flaw) : new EnvelopeOutcome.Updates(_updates);

    public void Begin(UpdateKind kind, ChangeScope scope)
    {
        _json.ResetWrittenCount();
        Write("{\"field\":"u8);
        WriteString(scope.Field);
        Write(",\"kind\":"u8);
        WriteString(kind.Word());
        if (scope.WabaId is not null)
        {
            Write(",\"waba_id\":"u8);
            WriteString(scope.WabaId);
        }

        Part("time"u8, scope.EntryTime);
        Part("metadata"u8, scope.Metadata);
    }

    public void Part(ReadOnlySpan<byte> name, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Undefined)
        {
            Name(name);
            Write(value.Raw());
        }
    }

    public void Part(ReadOnlySpan<byte> name, ReadOnlySpan<byte> json)
    {
        if (!json.IsEmpty)
        {
            Name(name);
            Write(json);
        }
    }

    /// <summary>A change of the same field with another value, and other members beside it.</summary>
    public void Change(ChangeScope scope, ReadOnlySpan<byte> value, ReadOnlySpan<byte> others)
    {
        Write(",\"change\":{\"field\":"u8);
        WriteString(scope.Field);
        Part("value"u8, value);
        if (others.Length > 2) // not {}
        {
            Write(","u8);
            Write(others[1..^1]);
        }

        Write("}"u8);
    }

    public void Contacts(ChangeScope scope, JsonElement item, bool alone)
    {
        _found.Clear();
        scope.Contacts.Find(item, alone, _found);
        if (_found.Count == 0)
        {
            return;
        }

        ReadOnlySpan<byte> separator = ",\"contacts\":["u8;
        foreach (JsonElement contact in _found)
        {
            Write(separator);
            Write(contact.Raw());
            separator = ","u8;
        }

        Write("]"u8);
    }

    public void End(UpdateKind kind, ChangeScope scope)
    {
        Write("}"u8);
        _totalBytes += _json.WrittenCount;
        if (_updates.Count == WebhookEnvelope.MaxUpdates)
        {
            Flaw ??= EnvelopeFlaw.TooManyUpdates;
        }
        else if (_totalBytes > WebhookEnvelope.MaxTotalBytes)
        {
            Flaw ??= EnvelopeFlaw.TooLarge;
        }

        if (Flaw is not null)
        {
            return;
        }

        _updates.Add(new WebhookUpdate
        {
            Ordinal = _updates.Count,
            Kind = kind,
            PhoneNumberId = scope.PhoneNumberId,
            WabaId = scope.WabaId,
            Field = scope.Field,
            Json = _json.WrittenSpan.ToArray(),
        });
    }

    private void Name(ReadOnlySpan<byte> name)
    {
        Write(",\""u8);
        Write(name);
        Write("\":"u8);
    }

    private void Write(ReadOnlySpan<byte> bytes) => _json.Write(bytes);

    private void WriteString(string text)
    {
        Write("\""u8);
        Write(JsonEncodedText.Encode(text).EncodedUtf8Bytes);
        Write("\""u8);
    }
}
