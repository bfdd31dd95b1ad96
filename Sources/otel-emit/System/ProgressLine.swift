/// Shows the progress of long work on standard error, about once per second, if it takes more than
/// a second.
struct ProgressLine {
    static let interval = Duration.seconds(1)

    private let isWanted: Bool
    /// Whether each line replaces the previous one.
    private let rewrites: Bool
    private let write: (String) -> Void
    private var lastTold: ContinuousClock.Instant
    private var hasLine = false

    /// - Parameter isForced: whether progress is shown even if standard error is not a terminal.
    init(
        isForced: Bool, isTerminal: Bool = OutputStream.standardError.isTerminal,
        now: ContinuousClock.Instant = .now,
        write: @escaping (String) -> Void = { OutputStream.standardError.write($0) }
    ) {
        isWanted = isForced || isTerminal
        rewrites = isTerminal
        self.write = write
        lastTold = now
    }

    /// - Parameter text: makes a line, without its end. It is called only if a line is due.
    mutating func update(now: ContinuousClock.Instant = .now, _ text: () -> String) {
        guard isWanted, now - lastTold >= Self.interval else { return }
        lastTold = now
        let line = "otel-emit: \(text())"
        write(rewrites ? "\r\(line)\u{1B}[K" : line + "\n")
        hasLine = true
    }

    /// Ends the progress, so that further output begins on a line of its own.
    mutating func end() {
        if rewrites, hasLine { write("\n") }
        hasLine = false
    }
}
