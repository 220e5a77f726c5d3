namespace Munshi.Notices;

/// <summary>How much a notice presses. An alert passes quiet hours; the others wait until they end.</summary>
public enum NoticeSeverity
{
    Info,
    Warning,
    Alert,
}

internal static class NoticeSeverityNames
{
    public static string Name(this NoticeSeverity severity) => severity switch
    {
        NoticeSeverity.Info => "info",
        NoticeSeverity.Warning => "warning",
        NoticeSeverity.Alert => "alert",
        _ => throw new ArgumentOutOfRangeException(nameof(severity)),
    };

    public static NoticeSeverity Parse(string name) => name switch
    {
        "info" => NoticeSeverity.Info,
        "warning" => NoticeSeverity.Warning,
        "alert" => NoticeSeverity.Alert,
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };
}
