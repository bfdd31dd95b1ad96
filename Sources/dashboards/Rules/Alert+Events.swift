internal import RPPTelemetry

/// What alerts ask of events that should not happen at all.
extension Alert {
    /// In these minutes, after which such an alert resolves; or in a gap that ended in them.
    static let eventMinutes = 5

    /// Where one was counted, of each attribute's values.
    static func events(
        of counter: Selection, by keys: String...
    ) throws(QueryProblem) -> Query {
        let window = Window.minutes(eventMinutes)
        let memory = Window.minutes(Limits.missedHours * 60)
        // Every node runs rounds, all the time.
        let restarts = try Catalogue.roundDuration.everywhere.restarts(
            within: window, memory: memory)
        return try counter.events(window, memory: memory, restarts: restarts, by: keys)
    }

    /// What the number in the text of such an alert stands for.
    static let eventSpan =
        "(in \(eventMinutes) minutes, or in total if the node was new or away)"
}
