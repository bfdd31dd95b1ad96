/// The time for which a server asks clients to wait (`Retry-After`, RFC 9110, section 10.2.3).
enum RetryAfter {
    /// A longer wait is cut down to this.
    static let longest = Duration.seconds(300)

    /// The wait that a header asks for, at most `longest`. Nil if the header is absent, is neither
    /// a number of seconds nor a date, or names a time that has passed.
    ///
    /// - Parameters:
    ///   - date: the `Date` of the response. A date in `Retry-After` refers to that clock.
    ///   - now: seconds since 1970 by the local clock, which is used if the response has no `Date`.
    static func wait(_ text: String?, date: String?, now: Int64) -> Duration? {
        guard let text = text?.trimmingWhitespace, !text.isEmpty else { return nil }
        if text.hasOnlyDigits {
            // A number too large for the type asks for the longest wait.
            return bounded(Int64(text) ?? .max)
        }
        guard let end = HTTPDate.seconds(text) else { return nil }
        return bounded(end - (date.flatMap(HTTPDate.seconds) ?? now))
    }

    private static func bounded(_ seconds: Int64) -> Duration? {
        seconds > 0 ? min(.seconds(seconds), longest) : nil
    }
}
