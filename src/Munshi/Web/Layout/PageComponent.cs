using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Munshi.Web.Resources;

namespace Munshi.Web.Layout;

/// <summary>A piece of a page: it knows its response and the reader's language.</summary>
public abstract class PageComponent : ComponentBase
{
    private const char FirstStrongIsolate = '\u2068';

    private const char PopDirectionalIsolate = '\u2069';

    [Parameter, EditorRequired]
    public required PageContext Page { get; set; }

    [Inject]
    protected IStringLocalizer<Text> T { get; set; } = null!;

    /// <summary>A name inside a sentence, so that its writing direction cannot turn the sentence round.</summary>
    [return: NotNullIfNotNull(nameof(name))]
    protected static string? Isolated(string? name) =>
        name is null ? null : $"{FirstStrongIsolate}{name}{PopDirectionalIsolate}";
}
