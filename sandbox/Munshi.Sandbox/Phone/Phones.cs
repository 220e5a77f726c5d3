using System.Collections.Concurrent;
using Munshi.Sandbox.Journal;

namespace Munshi.Sandbox.Phone;

/// <summary>Every phone's conversation with every number. Safe for concurrent use.</summary>
internal sealed class Phones(JournalFile journal, TimeProvider clock)
{
    private readonly ConcurrentDictionary<(string PhoneNumberId, string Customer), PhoneThread> _threads = new();
    private readonly ConcurrentDictionary<string, CustomerNumber> _byUserId = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string PhoneNumberId, string Wamid), (PhoneThread Thread, long Sequence)> _byWamid = new();
    private readonly Pulse _changed = new(clock);
    private long _lastSequence;
    private long _version;

    /// <summary>Rises on every change on any phone.</summary>
    public long Version => Interlocked.Read(ref _version);

    public PhoneThread Thread(string phoneNumberId, CustomerNumber customer)
    {
        _byUserId.TryAdd(customer.UserId, customer);
        return _threads.GetOrAdd((phoneNumberId, customer.Digits), _ => new PhoneThread(phoneNumberId, customer, journal, clock, Changed));
    }

    /// <summary>The phone with this business-scoped id; null when that phone was never seen.</summary>
    public CustomerNumber? ByUserId(string userId) => _byUserId.GetValueOrDefault(userId);

    /// <summary>A customer's conversations with all business numbers.</summary>
    public IReadOnlyList<PhoneThread> Of(CustomerNumber customer) => [.. _threads.Values.Where(thread => thread.Customer == customer)];

    /// <summary>Lets a conversation go on under another number, in place of an empty one there.</summary>
    public void Move(PhoneThread thread, CustomerNumber to)
    {
        Rekey(thread, to);
        thread.Move(to);
    }

    /// <summary>The newest conversations with a number, newest first; threads without a message are left out.</summary>
    public IReadOnlyList<Conversation> Newest(string phoneNumberId, int atMost) =>
    [
        .. _threads.Values
            .Where(thread => thread.PhoneNumberId == phoneNumberId && thread.LastSequence > 0)
            .OrderByDescending(thread => thread.LastSequence)
            .Take(atMost)
            .Select(thread => thread.Summary()),
    ];

    public Task UntilChangedAsync(long version, TimeSpan atMost, CancellationToken cancellationToken) =>
        _changed.UntilAsync(() => Version > version, atMost, cancellationToken);

    /// <summary>Adds a message; <paramref name="draft"/> is completed with its sequence.</summary>
    /// <param name="beforeShown">See <see cref="PhoneThread.Append"/>.</param>
    public PhoneMessage Add(PhoneThread thread, PhoneMessage draft, Action<PhoneMessage> beforeShown) => thread.Append(
        () => draft with { Sequence = Interlocked.Increment(ref _lastSequence) },
        message =>
        {
            _byWamid[(thread.PhoneNumberId, message.Wamid)] = (thread, message.Sequence);
            beforeShown(message);
        });

    /// <summary>Meta's read receipt: false when the number has no such message of a customer.</summary>
    public bool MarkReadByBusiness(string phoneNumberId, string wamid, bool typing)
    {
        if (!_byWamid.TryGetValue((phoneNumberId, wamid), out (PhoneThread Thread, long Sequence) found)
            || found.Thread.Find(message => message.Sequence == found.Sequence)[0].Direction != MessageDirection.Customer)
        {
            return false;
        }

        found.Thread.MarkReadByBusiness(found.Sequence);
        if (typing)
        {
            found.Thread.ShowTyping();
        }

        return true;
    }

    public void Restore(PhoneMessage message)
    {
        if (CustomerNumber.TryCreate(message.Customer) is { } customer)
        {
            PhoneThread thread = Thread(message.PhoneNumberId, customer);
            thread.Restore(message);
            _byWamid[(thread.PhoneNumberId, message.Wamid)] = (thread, message.Sequence);
            _lastSequence = Math.Max(_lastSequence, message.Sequence);
        }
    }

    public void Restore(JournalLine.Status status)
    {
        if (_threads.TryGetValue((status.PhoneNumberId, status.Customer), out PhoneThread? thread))
        {
            thread.Restore(status.Sequence, status.To);
        }
    }

    public void Restore(JournalLine.Identity identity)
    {
        if (CustomerNumber.TryCreate(identity.Customer) is { } customer)
        {
            Thread(identity.PhoneNumberId, customer).RestoreIdentity(identity.Username, identity.IsPhoneKeptBack);
        }
    }

    public void Restore(JournalLine.Move move)
    {
        if (CustomerNumber.TryCreate(move.To) is { } to && _threads.TryGetValue((move.PhoneNumberId, move.Customer), out PhoneThread? thread))
        {
            Rekey(thread, to);
            thread.RestoreMove(to);
        }
    }

    /// <remarks>The old user id leads nowhere from now on.</remarks>
    private void Rekey(PhoneThread thread, CustomerNumber to)
    {
        _threads[(thread.PhoneNumberId, to.Digits)] = thread;
        _threads.TryRemove((thread.PhoneNumberId, thread.Customer.Digits), out _);
        _byUserId.TryRemove(thread.Customer.UserId, out _);
        _byUserId[to.UserId] = to;
    }

    private long Changed()
    {
        long version = Interlocked.Increment(ref _version);
        _changed.Send();
        return version;
    }
}
