namespace Munshi.WhatsApp.Sending;

/// <summary>
/// Who a message goes to. The two kinds travel in different members: a user id given as <c>to</c> has been seen to be accepted and
/// silently dropped.
/// </summary>
public abstract record SendRecipient
{
    private SendRecipient()
    {
    }

    /// <summary>The kind only, never the number.</summary>
    public sealed override string ToString() => GetType().Name;

    /// <summary>Travels as <c>to</c>, always with a plus: without it Graph prefixes the sender's own country code.</summary>
    public sealed record Phone : SendRecipient
    {
        /// <param name="number">5 to 20 digits with country code, with or without a leading plus.</param>
        /// <exception cref="ArgumentException">It is anything else.</exception>
        public Phone(string number)
        {
            ArgumentNullException.ThrowIfNull(number);
            ReadOnlySpan<char> digits = number.StartsWith('+') ? number.AsSpan(1) : number;
            if (digits.Length is < 5 or > 20 || digits.ContainsAnyExceptInRange('0', '9'))
            {
                throw new ArgumentException("A phone number is 5 to 20 digits with country code.", nameof(number));
            }

            Number = string.Concat("+", digits);
        }

        /// <summary>With its plus.</summary>
        public string Number { get; }
    }

    /// <summary>Travels as <c>recipient</c>.</summary>
    public sealed record User : SendRecipient
    {
        /// <param name="userId">A business-scoped user id: country code, dot, letters and digits; at most 160 characters.</param>
        /// <exception cref="ArgumentException">It is anything else.</exception>
        public User(string userId)
        {
            ArgumentNullException.ThrowIfNull(userId);
            if (userId.Length > 160 || userId.IndexOf('.') < 1 || userId.AsSpan().ContainsAnyExceptInRange('!', '~'))
            {
                throw new ArgumentException("A user id is a country code, a dot, and letters and digits.", nameof(userId));
            }

            UserId = userId;
        }

        public string UserId { get; }
    }
}
