using Munshi.Sandbox.Journal;

namespace Munshi.Sandbox.Phone;

/// <summary>The conversation of one customer's phone with one business number. Safe for concurrent use.</summary>
internal sealed class PhoneThread(string phoneNumberId, CustomerNumber customer, JournalFile journal, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly List<PhoneMessage> _messages = [];
    private readonly List<long> _versions = []; // beside _messages: when each changed last
    private readonly Pulse _changed = new(clock);
    private string _profileName = customer.DefaultName;
    private DateTimeOffset? _lastInboundAt;
    private long _version;

    public string PhoneNumberId => phoneNumberId;

    public CustomerNumber Customer => customer;

    public string ProfileName
    {
        get
        {
            lock (_gate)
            {
                return _profileName;
            }
        }
    }

    /// <summary>When the customer last wrote: the 24-hour window opens there.</summary>
    public DateTimeOffset? LastInboundAt
    {
        get
        {
            lock (_gate)
            {
                return _lastInboundAt;
            }
        }
    }

    /// <summary>Rises on every change.</summary>
    public long Version
    {
        get
        {
            lock (_gate)
            {
                return _version;
            }
        }
    }

    /// <summary>0 when there is no message.</summary>
    public long LastSequence
    {
        get
        {
            lock (_gate)
            {
                return _messages.Count == 0 ? 0 : _messages[^1].Sequence;
            }
        }
    }

    public Task UntilAsync(Func<bool> ready, TimeSpan atMost, CancellationToken cancellationToken) =>
        _changed.UntilAsync(ready, atMost, cancellationToken);

    /// <summary>Adds a message; its sequence is drawn inside, so that a phone's order is the order of sequences.</summary>
    /// <param name="beforeShown">Queues the webhooks, before anyone can see the message: so they go in the same order.</param>
    public PhoneMessage Append(Func<PhoneMessage> create, Action<PhoneMessage> beforeShown)
    {
        PhoneMessage message;
        lock (_gate)
        {
            message = create();
            Add(message);
            journal.Append(new JournalLine.Message(message));
            beforeShown(message);
        }

        _changed.Send();
        return message;
    }

    /// <summary>Moves a message forward; a step back or an unknown message changes nothing.</summary>
    public void Advance(long sequence, MessageStatus status)
    {
        lock (_gate)
        {
            int index = _messages.FindLastIndex(message => message.Sequence == sequence);
            if (index < 0 || !TryAdvance(index, status))
            {
                return;
            }

            journal.Append(new JournalLine.Status(phoneNumberId, customer.Digits, sequence, status));
        }

        _changed.Send();
    }

    /// <summary>Marks the customer's messages up to this one as read by the business.</summary>
    public void MarkReadByBusiness(long upTo)
    {
        foreach (PhoneMessage message in Find(message => message.Direction == MessageDirection.Customer && message.Sequence <= upTo && message.Status != MessageStatus.Read))
        {
            Advance(message.Sequence, MessageStatus.Read);
        }
    }

    /// <summary>What the customer sees on opening the chat: everything; what was unread is read from now on and returned apart.</summary>
    public (IReadOnlyList<PhoneMessageView> All, IReadOnlyList<PhoneMessage> NewlyRead, long Version) Open()
    {
        List<PhoneMessage> newlyRead = [];
        List<PhoneMessageView> all = [];
        long version;
        lock (_gate)
        {
            Dictionary<string, string> ids = [];
            for (int index = 0; index < _messages.Count; index++)
            {
                if (_messages[index].Direction == MessageDirection.Business && TryAdvance(index, MessageStatus.Read))
                {
                    newlyRead.Add(_messages[index]);
                    journal.Append(new JournalLine.Status(phoneNumberId, customer.Digits, _messages[index].Sequence, MessageStatus.Read));
                }

                ids[_messages[index].Wamid] = _messages[index].Id;
                all.Add(View(_messages[index], _versions[index], ids));
            }

            version = _version;
        }

        if (newlyRead.Count > 0)
        {
            _changed.Send();
        }

        return (all, newlyRead, version);
    }

    public PhoneMessageView View(PhoneMessage message)
    {
        lock (_gate)
        {
            int index = _messages.FindLastIndex(known => known.Sequence == message.Sequence);
            Dictionary<string, string> ids = [];
            foreach (PhoneMessage known in _messages)
            {
                ids[known.Wamid] = known.Id;
            }

            return View(_messages[index], _versions[index], ids);
        }
    }

    /// <summary>Newest first.</summary>
    public IReadOnlyList<PhoneMessage> Find(Func<PhoneMessage, bool> wanted)
    {
        lock (_gate)
        {
            return [.. _messages.AsEnumerable().Reverse().Where(wanted)];
        }
    }

    public void Restore(PhoneMessage message)
    {
        lock (_gate)
        {
            Add(message);
        }
    }

    public void Restore(long sequence, MessageStatus status)
    {
        lock (_gate)
        {
            int index = _messages.FindLastIndex(message => message.Sequence == sequence);
            if (index >= 0)
            {
                TryAdvance(index, status);
            }
        }
    }

    private static PhoneMessageView View(PhoneMessage message, long version, Dictionary<string, string> ids) => new(
        message.Id,
        message.Direction,
        message.Kind,
        message.Text,
        message.Options,
        message.Status,
        message.At,
        message.About is { } about ? ids.GetValueOrDefault(about) : null,
        message.Wamid,
        version);

    private void Add(PhoneMessage message)
    {
        _messages.Add(message);
        _versions.Add(++_version);
        _profileName = message.ProfileName ?? _profileName;
        if (message.Direction == MessageDirection.Customer && !(message.At < _lastInboundAt))
        {
            _lastInboundAt = message.At;
        }
    }

    private bool TryAdvance(int index, MessageStatus status)
    {
        if (_messages[index].Status >= status)
        {
            return false;
        }

        _messages[index] = _messages[index] with { Status = status };
        _versions[index] = ++_version;
        return true;
    }
}
