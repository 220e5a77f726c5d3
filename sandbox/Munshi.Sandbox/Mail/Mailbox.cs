namespace Munshi.Sandbox.Mail;

/// <summary>The last mails, in memory only. Safe for concurrent use.</summary>
internal sealed class Mailbox(TimeProvider clock)
{
    private const int Kept = 200;

    private readonly Lock _gate = new();
    private readonly Queue<ReceivedMail> _mails = [];
    private readonly Pulse _changed = new(clock);
    private long _last;

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<ReceivedMail> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _mails];
            }
        }
    }

    public void Add(string from, IReadOnlyList<string> to, string source)
    {
        lock (_gate)
        {
            _mails.Enqueue(MailReader.Read(++_last, clock.GetUtcNow(), from, to, source));
            if (_mails.Count > Kept)
            {
                _mails.Dequeue();
            }
        }

        _changed.Send();
    }

    /// <summary>Ends once there is a mail after <paramref name="id"/>, or after <paramref name="atMost"/>.</summary>
    public Task UntilAfterAsync(long id, TimeSpan atMost, CancellationToken cancellationToken) =>
        _changed.UntilAsync(() => Interlocked.Read(ref _last) > id, atMost, cancellationToken);
}
