internal import RPPTelemetry

/// The queries of alerts for events that should not happen at all.
extension Alert {
    /// An event counts if it happened within this many minutes, or in a gap in the data that ended
    /// within them. Such an alert resolves after this time.
    static let eventMinutes = 5

    /// The number of events, for each combination of the attributes.
    static func events(
        of counter: Selection, by keys: String...
    ) throws(QueryProblem) -> Query {
        let window = Window.minutes(eventMinutes)
        let memory = Window.minutes(Limits.missedHours * 60)
        // Every node runs rounds all the time.
        let restarts = try Catalogue.roundDuration.everywhere.restarts(
            within: window, memory: memory)
        return try counter.events(window, memory: memory, restarts: restarts, by: keys)
    }

    /// The period that the number in the text of such an alert covers.
    static let eventSpan =
        "(in \(eventMinutes) minutes, or in total if the node was new or away)"
}
