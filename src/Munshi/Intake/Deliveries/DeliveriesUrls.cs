namespace Munshi.Intake.Deliveries;

/// <summary>Addresses of the deliveries' pages.</summary>
internal static class DeliveriesUrls
{
    public const string List = "/settings/deliveries";

    /// <summary>Takes a provider's id in a form, so that it stands in no address.</summary>
    public const string Search = $"{List}/search";

    /// <summary>Takes what is to be done again.</summary>
    public const string Replays = $"{List}/replays";

    public static string Update(Guid update) => $"{List}/{update}";

    public static string Replay(Guid update) => $"{List}/{update}/replay";

    /// <summary>Updates below one of them; null for the newest.</summary>
    public static string Of(UpdateFilter filter, Guid? before)
    {
        QueryString query = default;
        query = filter.State is { } state ? query.Add("state", UpdateFilter.Write(state)) : query;
        query = filter.Kind is { } kind ? query.Add("kind", kind) : query;
        query = filter.Day is { } day ? query.Add("day", UpdateFilter.Write(day)) : query;
        query = before is { } id ? query.Add("before", id.ToString()) : query;
        return List + query;
    }
}
