using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Munshi.Audit;
using Munshi.Database;
using Munshi.Search.Index;
using Munshi.Vault.Searching;
using Npgsql;

namespace Munshi.Search.Feeding;

/// <summary>
/// Keeps one workspace's index: what is new by following its log, what was there before from the newest message backwards. An index that cannot be relied
/// on, or knows more than the log, is thrown away and made anew under another key.
/// </summary>
/// <remarks>For the one process that writes, and one step of a workspace at a time.</remarks>
internal sealed partial class IndexFeeder(
    SearchedMessages messages, SearchedPeople people, LedgerTrail trail, SearchKeys keys, IndexFolder folder, Databases databases, TimeProvider clock, ILogger<IndexFeeder> logger)
{
    /// <summary>Entries followed in one step.</summary>
    public const int MostFollowed = 2_000;

    /// <summary>Messages of the past in one step.</summary>
    public const int MostBuilt = 10_000;

    private const int MostPeople = 2_000;

    /// <summary>Files that stay open between steps.</summary>
    private const int MostOpen = 32;

    private readonly Dictionary<Guid, OpenIndex> _open = [];

    /// <summary>Does the next piece of work. Returns whether there is more.</summary>
    /// <param name="clientId">The workspace.</param>
    /// <param name="head">The last entry of its log; null where it has none.</param>
    /// <param name="cancellationToken">Honoured between pieces; what was begun is finished.</param>
    public async Task<bool> StepAsync(Guid clientId, FollowedEntry? head, CancellationToken cancellationToken)
    {
        try
        {
            OpenIndex index = await OpenAsync(clientId, head, cancellationToken);
            if (head is not null && index.File.Mark.Seq < head.Seq)
            {
                await FollowAsync(clientId, index.File, cancellationToken);
                return true;
            }

            if (!index.File.KnowsPeople)
            {
                await TakePeopleAsync(clientId, index.File, cancellationToken);
            }

            return !index.File.Mark.IsWhole && await BuildAsync(clientId, index, cancellationToken);
        }
        catch (SqliteException failure) when (IndexConnection.IsDamage(failure))
        {
            Log.Damaged(logger, clientId);
            Throw(clientId);
            return true;
        }
        catch
        {
            Close(clientId);
            throw;
        }
    }

    /// <summary>Closes what is open, so that it is relied on the next time.</summary>
    public void Close()
    {
        foreach (OpenIndex index in _open.Values)
        {
            index.File.Dispose();
        }

        _open.Clear();
    }

    private async Task<OpenIndex> OpenAsync(Guid clientId, FollowedEntry? head, CancellationToken cancellationToken)
    {
        if (folder.IsStale(clientId))
        {
            Log.Stale(logger, clientId);
            Throw(clientId);
        }

        if (_open.TryGetValue(clientId, out OpenIndex? open))
        {
            if ((head?.Seq ?? -1) >= open.File.Mark.Seq)
            {
                return open;
            }

            Log.Ahead(logger, clientId);
            Throw(clientId);
        }

        IndexFile file = await FindAsync(clientId, head, cancellationToken) ?? await CreateAsync(clientId, head, cancellationToken);
        if (_open.Count == MostOpen)
        {
            Close(_open.MinBy(one => one.Value.Opened).Key);
        }

        return _open[clientId] = new OpenIndex(file, clock.GetTimestamp());
    }

    /// <summary>The file that is there, if it goes on from the log as that stands now.</summary>
    private async Task<IndexFile?> FindAsync(Guid clientId, FollowedEntry? head, CancellationToken cancellationToken)
    {
        if (folder.Find(clientId) is not { } path)
        {
            return null;
        }

        IndexFile? file = await IndexFile.OpenAsync(path, salt => keys.OfAsync(clientId, salt, cancellationToken));
        if (file is not null && await IsOfLogAsync(clientId, file.Mark, head, cancellationToken))
        {
            return file;
        }

        file?.Dispose();
        Log.Unreliable(logger, clientId);
        return null;
    }

    private async Task<bool> IsOfLogAsync(Guid clientId, IndexMark mark, FollowedEntry? head, CancellationToken cancellationToken)
    {
        if (mark.Seq < 0)
        {
            return true;
        }

        return head is not null && head.Seq >= mark.Seq
            && await trail.AfterAsync(clientId, mark.Seq - 1, 1, cancellationToken) is [{ } last]
            && last.RowHash.AsSpan().SequenceEqual(mark.RowHash);
    }

    private async Task<IndexFile> CreateAsync(Guid clientId, FollowedEntry? head, CancellationToken cancellationToken)
    {
        long about = await AboutAsync(clientId, cancellationToken);
        folder.Remove(clientId);
        byte[] salt = RandomNumberGenerator.GetBytes(IndexFile.SaltBytes);
        byte[] key = await keys.OfAsync(clientId, salt, cancellationToken);
        IndexMark begin = new() { Seq = head?.Seq ?? -1, RowHash = head?.RowHash ?? [], About = about };
        return IndexFile.Create(folder.New(clientId, clock.GetUtcNow()), salt, key, begin);
    }

    /// <summary>How many messages there are, for people to see how far it is; 0 where they are too many to be counted now.</summary>
    private async Task<long> AboutAsync(Guid clientId, CancellationToken cancellationToken)
    {
        try
        {
            return await databases.Reader.RowAsync(
                new Statement("SELECT count(*) FROM vault.message WHERE client_id = $1").Uuid(clientId), reader => reader.GetInt64(0), cancellationToken);
        }
        catch (NpgsqlException failure) when (failure.InnerException is TimeoutException)
        {
            return 0;
        }
    }

    private async Task FollowAsync(Guid clientId, IndexFile file, CancellationToken cancellationToken)
    {
        IReadOnlyList<FollowedEntry> entries = await trail.AfterAsync(clientId, file.Mark.Seq, MostFollowed, cancellationToken);
        if (entries.Count == 0)
        {
            return;
        }

        Guid[] written = [.. entries.Select(entry => entry.IdOf("message")).OfType<Guid>().Distinct()];
        Guid[] named = [.. entries.Select(entry => entry.IdOf("identifier")).OfType<Guid>().Distinct()];
        IReadOnlyList<SearchedMessage> touched = written.Length == 0 ? [] : await messages.TouchedByAsync(clientId, written, cancellationToken);
        if (written.Length + named.Length > 0)
        {
            file.Write((await people.OfAsync(clientId, named, written, cancellationToken)).Select(Entry));
        }

        file.Write(touched.Select(Entry), file.Mark with { Seq = entries[^1].Seq, RowHash = entries[^1].RowHash });
    }

    private async Task TakePeopleAsync(Guid clientId, IndexFile file, CancellationToken cancellationToken)
    {
        Guid after = Guid.Empty;
        while (await people.AfterAsync(clientId, after, MostPeople, cancellationToken) is { Count: > 0 } page)
        {
            file.Write(page.Select(Entry));
            after = page[^1].Id;
        }

        file.KnowsPeople = true;
    }

    private async Task<bool> BuildAsync(Guid clientId, OpenIndex index, CancellationToken cancellationToken)
    {
        IndexMark mark = index.File.Mark;
        index.Changed ??= await messages.ChangedAsync(clientId, cancellationToken);
        IReadOnlyList<SearchedMessage> page = await messages.BelowAsync(clientId, mark.Below, MostBuilt, index.Changed, cancellationToken);
        bool isLast = page.Count < MostBuilt;
        index.File.Write(
            page.Select(Entry),
            mark with { Below = page.Count == 0 ? mark.Below : page[^1].Id, Count = mark.Count + page.Count, IsWhole = isLast });
        if (isLast)
        {
            index.Changed = null;
            Log.Whole(logger, clientId, index.File.Mark.Count);
        }

        return !isLast;
    }

    private static IndexEntry Entry(SearchedMessage message) => new(message.Id, message.At, message.ConversationId, message.IsHidden ? [] : message.Texts);

    private static IndexPerson Entry(SearchedPerson person) => new(person.Id, person.Name, person.Phone);

    private void Throw(Guid clientId)
    {
        Close(clientId);
        folder.Remove(clientId);
    }

    private void Close(Guid clientId)
    {
        if (_open.Remove(clientId, out OpenIndex? open))
        {
            open.File.Dispose();
        }
    }

    private sealed class OpenIndex(IndexFile file, long opened)
    {
        public IndexFile File { get; } = file;

        public long Opened { get; } = opened;

        /// <summary>What was edited or deleted by the time the build began.</summary>
        public IReadOnlySet<Guid>? Changed { get; set; }
    }

    private static partial class Log
    {
        [LoggerMessage(21001, LogLevel.Warning, "The search index of workspace {ClientId} is damaged; it is made anew")]
        public static partial void Damaged(ILogger logger, Guid clientId);

        [LoggerMessage(21002, LogLevel.Warning, "The search index of workspace {ClientId} cannot be relied on; it is made anew")]
        public static partial void Unreliable(ILogger logger, Guid clientId);

        [LoggerMessage(21003, LogLevel.Warning, "The search index of workspace {ClientId} knows more than its log; it is made anew")]
        public static partial void Ahead(ILogger logger, Guid clientId);

        [LoggerMessage(21004, LogLevel.Information, "The search index of workspace {ClientId} is to be made anew")]
        public static partial void Stale(ILogger logger, Guid clientId);

        [LoggerMessage(21005, LogLevel.Information, "The search index of workspace {ClientId} is whole: {Count} messages")]
        public static partial void Whole(ILogger logger, Guid clientId, long count);
    }
}
