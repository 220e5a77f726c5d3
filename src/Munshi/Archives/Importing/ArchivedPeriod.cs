using Munshi.Vault;

namespace Munshi.Archives.Importing;

/// <summary>The month whose data key seals what an archive holds.</summary>
internal static class ArchivedPeriod
{
    /// <summary>Keys begin with this month: nothing of WhatsApp is older, whatever a wrong clock said.</summary>
    private const int First = 200001;

    public static int Of(DateTimeOffset at) => Math.Max(First, DataKeys.PeriodOf(at));
}
