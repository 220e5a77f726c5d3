using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Munshi.Intake;

/// <summary>Settings of what comes in, section <c>Intake</c>.</summary>
internal sealed class IntakeOptions
{
    public const string Section = "Intake";

    /// <summary>Deliveries held in memory until they are durable, in bytes, 8 MiB (two of the largest) to 4 GiB; more is answered 503. Default 256 MiB.</summary>
    [Range(8L * 1024 * 1024, 4L * 1024 * 1024 * 1024)]
    public long MostWaitingBytes { get; init; } = 256L * 1024 * 1024;
}

[OptionsValidator]
internal sealed partial class IntakeOptionsValidator : IValidateOptions<IntakeOptions>;
