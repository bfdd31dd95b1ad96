/// How long a server asks to be left alone (`Retry-After`, RFC 9110 section 10.2.3; checklist B17).
enum RetryAfter {
    /// What asks for more counts as this much.
    static let longest = Duration.seconds(300)

    /// The wait that a header asks for, at most `longest`; nil if it asks for none: it is absent,
    /// is neither seconds nor a date, or names a time that has come.
    ///
    /// - Parameters:
    ///   - date: the response's own date, by whose clock a date is meant.
    ///   - now: seconds since 1970 here, which counts where the response has no date.
    static func wait(_ text: String?, date: String?, now: Int64) -> Duration? {
        guard let text = text?.trimmingWhitespace, !text.isEmpty else { return nil }
        if text.hasOnlyDigits {
            // What overflows asks for longer than ever.
            return bounded(Int64(text) ?? .max)
        }
        guard let end = HTTPDate.seconds(text) else { return nil }
        return bounded(end - (date.flatMap(HTTPDate.seconds) ?? now))
    }

    private static func bounded(_ seconds: Int64) -> Duration? {
        seconds > 0 ? min(.seconds(seconds), longest) : nil
    }
}
