using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;
using Munshi.Search.Finding;
using Munshi.Search.Index;

namespace Munshi.Tests.Search;

/// <summary>The file that is searched: what it finds, what it holds, when it is not relied on.</summary>
public sealed class IndexFileTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 12, 12, 0, 0, TimeSpan.Zero);

    private readonly string _directory = Directory.CreateTempSubdirectory("munshi-index-").FullName;
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly Guid _conversation = Guid.NewGuid();

    private string Path => System.IO.Path.Combine(_directory, "index.db");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData("sarees")]
    [InlineData("cot")]
    [InlineData("cotton sar")]
    [InlineData("\"two cotton\"")]
    [InlineData("cottons")]
    [InlineData("किताबों")]
    [InlineData("banarasi")]
    [InlineData("புடவை")]
    [InlineData("৫০০")]
    public async Task What_is_in_a_message_is_found(string sought)
    {
        Guid id = Guid.NewGuid();
        Write(Entry(id, Noon, "Two cotton sarees, बनारसी, किताबें", "பட்டு புடவை 500"), Entry(Guid.NewGuid(), Noon, "something else"));

        Assert.Equal([id], await FindAsync(sought));
    }

    [Theory]
    [InlineData("two sarees silk")]
    [InlineData("\"cotton two\"")]
    [InlineData("sa")]
    [InlineData("otton")]
    public async Task What_is_not_in_it_is_not_found(string sought)
    {
        Write(Entry(Guid.NewGuid(), Noon, "Two cotton sarees"));

        Assert.Empty(await FindAsync(sought));
    }

    [Fact]
    public async Task The_newest_come_first_whatever_order_they_were_written_in()
    {
        Guid[] ids = [.. Enumerable.Range(0, 10).Select(_ => Guid.NewGuid())];
        int[] order = [5, 6, 7, 8, 9, 0, 1, 2, 3, 4];
        using (IndexFile file = Create())
        {
            foreach (int[] batch in order.Chunk(5))
            {
                file.Write(batch.Select(i => Entry(ids[i], Noon.AddMinutes(i), "one word")), file.Mark);
            }
        }

        Assert.Equal(ids.Reverse(), await FindAsync("word"));
    }

    [Fact]
    public async Task A_second_may_hold_more_messages_than_it_has_rows()
    {
        Guid[] ids = [.. Enumerable.Range(0, Place.RowsInSecond + 100).Select(_ => Guid.NewGuid())];
        Write([.. ids.Select(id => Entry(id, Noon, "crowded"))]);

        Assert.Equal(ids.Length, (await FindAsync("crowded")).ToHashSet().Count);
    }

    [Fact]
    public async Task A_message_written_again_is_found_as_it_is_now_and_once()
    {
        Guid id = Guid.NewGuid();
        using (IndexFile file = Create())
        {
            file.Write([Entry(id, Noon, "the old words")], file.Mark);
            file.Write([Entry(id, Noon, "the new words")], file.Mark);
            file.Write([Entry(id, Noon, "the new words")], file.Mark);
        }

        Assert.Empty(await FindAsync("old"));
        Assert.Equal([id], await FindAsync("new"));
    }

    [Fact]
    public async Task A_message_without_words_is_taken_out()
    {
        Guid id = Guid.NewGuid();
        using (IndexFile file = Create())
        {
            file.Write([Entry(id, Noon, "to be forgotten")], file.Mark);
            file.Write([Entry(id, Noon)], file.Mark);
        }

        Assert.Empty(await FindAsync("forgotten"));
    }

    [Theory]
    [InlineData("98765", true)]
    [InlineData("+91 98765 43210", true)]
    [InlineData("3210", true)]
    [InlineData("priya", true)]
    [InlineData("gho", true)]
    [InlineData("priya 3210", true)]
    [InlineData("priya 9999", false)]
    [InlineData("debjit", false)]
    public async Task A_person_is_found_by_name_and_by_a_part_of_the_number(string sought, bool found)
    {
        Guid id = Guid.NewGuid();
        using (IndexFile file = Create())
        {
            file.Write([new IndexPerson(id, "Someone Else (example)", "919876543210"), new IndexPerson(Guid.NewGuid(), "Debaroti", "919000000009")]);
            file.Write([new IndexPerson(id, "Priya Ghosh (example)", "919876543210")]);
        }

        using IndexReader reader = (await IndexReader.OpenAsync(Path, KeyAsync))!;
        Assert.Equal(found ? [id] : [], reader.People(SearchQuery.Of(sought, out _)!, 10));
    }

    [Fact]
    public async Task Only_the_conversations_asked_for_are_searched()
    {
        Guid here = Guid.NewGuid();
        Write(Entry(here, Noon, "needle"), Entry(Guid.NewGuid(), Noon, "needle") with { ConversationId = Guid.NewGuid() });

        using IndexReader reader = (await IndexReader.OpenAsync(Path, KeyAsync))!;
        Assert.Equal([here], reader.Messages(SearchQuery.Of("needle", out _)!, [_conversation], 0, long.MaxValue, 10).Select(row => row.Id));
    }

    [Fact]
    public void Nothing_that_was_written_stands_in_the_file()
    {
        string[] words = ["quokkapelt", "मोरपंखीया", "শালিকপাখি", "புடவைகள்", "919876543210", "9876543210", "Quillon"];
        using (IndexFile file = Create())
        {
            file.Write([Entry(Guid.NewGuid(), Noon, string.Join(' ', words))], file.Mark);
            file.Write([new IndexPerson(Guid.NewGuid(), "Quillon", "919876543210")]);
            Assert.Empty(FoundIn(_directory, words));
        }

        Assert.Empty(FoundIn(_directory, words));
        File.AppendAllText(System.IO.Path.Combine(_directory, "control"), $"xx{words[0]}xx");
        Assert.Single(FoundIn(_directory, words));
    }

    [Fact]
    public void The_same_words_have_other_hashes_in_another_file()
    {
        IndexHasher one = new(_key);
        IndexHasher other = new(RandomNumberGenerator.GetBytes(32));

        Assert.NotEqual(one.Word("saree"), other.Word("saree"));
        Assert.Equal(one.Word("saree"), new IndexHasher(_key).Word("saree"));
        Assert.NotEqual(one.Word("saree"), one.Beginning("saree"));
    }

    [Fact]
    public async Task A_file_is_not_relied_on_under_another_key()
    {
        Write(Entry(Guid.NewGuid(), Noon, "words"));

        Assert.Null(await IndexFile.OpenAsync(Path, _ => Task.FromResult(RandomNumberGenerator.GetBytes(32))));
        Assert.Null(await IndexReader.OpenAsync(Path, _ => Task.FromResult(RandomNumberGenerator.GetBytes(32))));
        using IndexFile? own = await IndexFile.OpenAsync(Path, KeyAsync);
        Assert.NotNull(own);
    }

    [Fact]
    public async Task A_file_that_was_open_when_the_machine_went_down_is_not_relied_on()
    {
        Write(Entry(Guid.NewGuid(), Noon, "words"));
        Run("UPDATE state SET value = 'another boot' WHERE name = 'boot'");

        Assert.Null(await IndexFile.OpenAsync(Path, KeyAsync));
    }

    [Fact]
    public async Task A_file_that_a_killed_process_left_open_goes_on_where_it_was()
    {
        Guid id = Guid.NewGuid();
        string left = System.IO.Path.Combine(_directory, "left.db");
        using (IndexFile file = Create())
        {
            file.Write([Entry(id, Noon, "words")], file.Mark with { Count = 1, Below = id });
            foreach (string ending in (string[])["", "-wal"])
            {
                File.Copy(Path + ending, left + ending); // what a killed process leaves behind
            }
        }

        using IndexFile? opened = await IndexFile.OpenAsync(left, KeyAsync);

        Assert.Equal((1, id), (opened!.Mark.Count, opened.Mark.Below));
    }

    [Fact]
    public async Task A_damaged_file_is_told_by_its_error()
    {
        Write([.. Enumerable.Range(0, 2_000).Select(i => Entry(Guid.NewGuid(), Noon.AddSeconds(i), $"word{i} needle"))]);
        byte[] content = await File.ReadAllBytesAsync(Path, TestContext.Current.CancellationToken);
        RandomNumberGenerator.Fill(content.AsSpan(4096, content.Length - 4096));
        await File.WriteAllBytesAsync(Path, content, TestContext.Current.CancellationToken);

        SqliteException failure = await Assert.ThrowsAsync<SqliteException>(() => FindAsync("needle"));

        Assert.True(IndexConnection.IsDamage(failure));
    }

    private static IEnumerable<string> FoundIn(string directory, string[] words) =>
        from file in Directory.EnumerateFiles(directory)
        let content = ReadShared(file)
        from word in words
        where content.AsSpan().IndexOf(Encoding.UTF8.GetBytes(word)) >= 0 || content.AsSpan().IndexOf(Encoding.UTF8.GetBytes(word.ToLowerInvariant())) >= 0
        select $"{word} in {file}";

    private static byte[] ReadShared(string file)
    {
        using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using MemoryStream content = new();
        stream.CopyTo(content);
        return content.ToArray();
    }

    private Task<byte[]> KeyAsync(byte[] salt) => Task.FromResult(_key);

    private IndexFile Create() =>
        IndexFile.Create(Path, RandomNumberGenerator.GetBytes(IndexFile.SaltBytes), _key, new IndexMark { Seq = -1, RowHash = [] });

    private void Write(params IndexEntry[] entries)
    {
        using IndexFile file = Create();
        file.Write(entries, file.Mark);
    }

    private void Run(string statement)
    {
        using SqliteConnection connection = IndexConnection.Write(Path);
        IndexConnection.Run(connection, statement);
    }

    private IndexEntry Entry(Guid id, DateTimeOffset at, params string[] texts) => new(id, at, _conversation, texts);

    private async Task<IReadOnlyList<Guid>> FindAsync(string sought)
    {
        using IndexReader reader = (await IndexReader.OpenAsync(Path, KeyAsync))!;
        return [.. reader.Messages(SearchQuery.Of(sought, out _)!, null, 0, long.MaxValue, 100_000).Select(row => row.Id)];
    }
}
