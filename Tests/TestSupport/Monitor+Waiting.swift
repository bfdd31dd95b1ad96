package import Instruments

extension Monitor {
    /// Reads or changes the value, and lets those who wait look again.
    package func withLock<Result>(_ body: (inout State) -> Result) -> Result {
        change(body)
    }

    /// Waits until `answer` gives one; nil if there is none within `limit`.
    ///
    /// - Important: waiting blocks the calling thread.
    package func wait<Result>(
        within limit: Duration, for answer: (State) -> Result?
    ) -> Result? {
        wait(until: Self.now &+ limit.wholeNanoseconds) { answer($0) }
    }
}
