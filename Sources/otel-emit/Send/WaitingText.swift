internal import OTelEmitter

/// What is shown while `send` waits for the delivery: what it waits for, and for how long at most.
struct WaitingText {
    private let place: String
    private let limit: Duration

    init(_ configuration: EmitterConfiguration, limit: Duration) {
        let endpoint = configuration.exporter == .otlp ? configuration.endpoint : nil
        place = endpoint?.description ?? "the output"
        self.limit = limit
    }

    func line(_ totals: DeliveryTotals, after elapsed: Duration) -> String {
        "waiting for \(place) to take \(totals.pending) data points"
            + " (\(elapsed.components.seconds) s of at most \(NumberText.seconds(limit)) s)"
    }
}
