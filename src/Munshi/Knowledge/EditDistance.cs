namespace Munshi.Knowledge;

/// <summary>Optimal string alignment: insert, delete, change, or swap of neighbours, each one slip.</summary>
internal static class EditDistance
{
    public static int Between(string one, string other)
    {
        int[,] slips = new int[one.Length + 1, other.Length + 1];
        for (int i = 0; i <= one.Length; i++)
        {
            slips[i, 0] = i;
        }

        for (int j = 0; j <= other.Length; j++)
        {
            slips[0, j] = j;
        }

        for (int i = 1; i <= one.Length; i++)
        {
            for (int j = 1; j <= other.Length; j++)
            {
                int change = slips[i - 1, j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1);
                slips[i, j] = Math.Min(change, Math.Min(slips[i - 1, j], slips[i, j - 1]) + 1);
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                {
                    slips[i, j] = Math.Min(slips[i, j], slips[i - 2, j - 2] + 1);
                }
            }
        }

        return slips[one.Length, other.Length];
    }
}
