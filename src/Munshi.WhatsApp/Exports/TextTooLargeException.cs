namespace Munshi.WhatsApp.Exports;

/// <summary>A stream gave more than its limit.</summary>
internal sealed class TextTooLargeException : Exception;
