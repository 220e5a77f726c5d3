using Microsoft.Extensions.Options;

namespace Munshi.Api;

/// <summary>One plain sentence for each wrong setting.</summary>
internal sealed class ApiOptionsValidator : IValidateOptions<ApiOptions>
{
    public ValidateOptionsResult Validate(string? name, ApiOptions options)
    {
        List<string> problems = [];
        Require(options.CallsPerMinute, nameof(ApiOptions.CallsPerMinute));
        Require(options.FailuresPerMinute, nameof(ApiOptions.FailuresPerMinute));
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);

        void Require(int value, string setting)
        {
            if (value is < 1 or > ApiOptions.Most)
            {
                problems.Add($"{ApiOptions.Section}:{setting} must be a number from 1 to {ApiOptions.Most}.");
            }
        }
    }
}
