namespace Munshi.Archives.Importing.Lines;

/// <summary>An imported chat.</summary>
internal sealed record ChatLine(
    Guid Id, Guid ConversationId, Guid IdentifierId, DateTimeOffset At, string TimeZone, string DateOrder, string? File, bool IsWithdrawn)
{
    public static ChatLine Read(ArchiveLine line) => new(
        line.Id("id"),
        line.Id("conversation"),
        line.Id("identifier"),
        line.Time("at"),
        line.Shaped("timeZone", LineForms.TimeZone),
        line.Word("dateOrder", "dmy", "mdy", "ymd"),
        line.OptionalText("file"),
        line.Mark("withdrawn"));

    public override string ToString() => $"{nameof(ChatLine)} {Id}";
}

/// <summary>What an import saw.</summary>
internal sealed record ObservationLine(Guid ImportId, long Ordinal, Guid MessageId, string Outcome, byte[]? Raw)
{
    /// <summary>As the lines ascend.</summary>
    public string Order => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{ImportId} {Ordinal:d19} {MessageId}");

    public static ObservationLine Read(ArchiveLine line)
    {
        ObservationLine read = new(line.Id("import"), line.Number("ordinal"), line.Id("message"), line.Word("outcome", "new", "same", "changed"), line.OptionalBytes("raw"));
        return read.Raw is null || read.Outcome == "same" ? read : throw new LineFormException("\"raw\" must be null unless \"outcome\" is same");
    }

    public override string ToString() => $"{nameof(ObservationLine)} {ImportId}";
}
