using Microsoft.Extensions.Localization;
using Munshi.Web.Resources;

namespace Munshi.Intake.Deliveries;

/// <summary>Says in the reader's language what came and what became of it; a word that has no text stands for itself.</summary>
internal static class UpdateText
{
    public static string Kind(this IStringLocalizer<Text> text, string kind) => Known(text[$"Deliveries.Kind.{kind}"], kind);

    public static string State(this IStringLocalizer<Text> text, UpdateState state) => text[$"Deliveries.State.{state}"];

    /// <summary>Why an update failed.</summary>
    public static string Reason(this IStringLocalizer<Text> text, string reason) => Known(text[$"Deliveries.Reason.{reason}"], reason);

    /// <summary>What is wrong with a delivery.</summary>
    public static string Problem(this IStringLocalizer<Text> text, string reason) => Known(text[$"Deliveries.Problem.{reason}"], reason);

    /// <summary>A duration in its largest unit.</summary>
    public static string Duration(this IStringLocalizer<Text> text, TimeSpan duration) => duration switch
    {
        { TotalSeconds: < 1 } => text["Deliveries.Took.Milliseconds", (int)duration.TotalMilliseconds],
        { TotalMinutes: < 1 } => text["Deliveries.Took.Seconds", (int)duration.TotalSeconds],
        { TotalHours: < 1 } => text["Deliveries.Took.Minutes", (int)duration.TotalMinutes],
        { TotalDays: < 1 } => text["Deliveries.Took.Hours", (int)duration.TotalHours],
        _ => text["Deliveries.Took.Days", (int)duration.TotalDays],
    };

    private static string Known(LocalizedString found, string word) => found.ResourceNotFound ? word : found.Value;
}
