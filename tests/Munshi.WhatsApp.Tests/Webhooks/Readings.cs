using System.Collections;
using System.Reflection;
using Munshi.WhatsApp.Webhooks;
using Munshi.WhatsApp.Webhooks.Account;
using Munshi.WhatsApp.Webhooks.Coexistence;

namespace Munshi.WhatsApp.Tests.Webhooks;

/// <summary>Everything that can be read from an update, by every reader, whatever the update is.</summary>
internal static class Readings
{
    public static object[] Of(ReadOnlyMemory<byte> json) =>
    [
        InboundMessage.Read(json),
        StatusUpdate.Read(json),
        ChannelError.Read(json),
        UserPreference.Read(json),
        AddressBookChange.Read(json),
        AccountEvent.Read(json),
        .. HistoryChunk.Read(json) is { } chunk ? [chunk] : Array.Empty<object>(),
        .. Handover.Read(json) is { } handover ? [handover] : Array.Empty<object>(),
    ];

    /// <summary>A record and all records that its public properties lead to.</summary>
    public static IEnumerable<object> RecordsIn(object record) =>
        Values(record).Where(IsRecord).SelectMany(RecordsIn).Prepend(record);

    public static IEnumerable<string?> TextsIn(object record) =>
        RecordsIn(record).SelectMany(Values).OfType<string>();

    private static bool IsRecord(object value) => value.GetType().Assembly == typeof(InboundMessage).Assembly && !value.GetType().IsEnum;

    private static IEnumerable<object> Values(object record) => record.GetType()
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Select(property => property.GetValue(record))
        .SelectMany(value => value is IEnumerable items and not string ? items.Cast<object?>() : [value])
        .OfType<object>();
}
