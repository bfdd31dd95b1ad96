/// Tells on standard error how far long work has come: about once in a second, and only if it takes
/// more than one.
struct ProgressLine {
    static let interval = Duration.seconds(1)

    private let isWanted: Bool
    /// Whether each line takes the place of the one before.
    private let rewrites: Bool
    private let write: (String) -> Void
    private var lastTold: ContinuousClock.Instant
    private var hasLine = false

    /// - Parameter isForced: whether progress is told even if nobody watches a terminal.
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

    /// - Parameter text: one line without its end; made only if it is due.
    mutating func update(now: ContinuousClock.Instant = .now, _ text: () -> String) {
        guard isWanted, now - lastTold >= Self.interval else { return }
        lastTold = now
        let line = "otel-emit: \(text())"
        write(rewrites ? "\r\(line)\u{1B}[K" : line + "\n")
        hasLine = true
    }

    /// Nothing more will be told: what follows begins on a line of its own.
    mutating func end() {
        if rewrites, hasLine { write("\n") }
        hasLine = false
    }
}
