internal import OTelEmitter

/// What trying an endpoint has shown, step by step.
package struct ProbeReport: Sendable, Equatable {
    /// The endpoint for people to read, without credentials.
    package let endpoint: String
    /// One for each name, in their order.
    package let steps: [ProbeStep]

    package init(endpoint: String, steps: [ProbeStep]) {
        self.endpoint = endpoint
        self.steps = steps
    }

    /// Whether nothing failed.
    package var isGood: Bool { !steps.contains { $0.outcome == .failed } }
}

/// One thing that has to work on the way to a collector.
package struct ProbeStep: Sendable, Equatable {
    /// The steps in the order in which a request takes them.
    package enum Name: String, Sendable, CaseIterable, Comparable {
        case resolution = "name resolution"
        case connection = "connect"
        case tls = "TLS"
        /// That HTTP/1 is spoken, and that the server works.
        case answer = "answer"
        case path = "path"
        case authentication = "authentication"
        case json = "JSON"
        case gzip = "gzip"
        case clock = "clock"
        case canary = "canary"

        package static func < (left: Name, right: Name) -> Bool { left.rank < right.rank }

        private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
    }

    package enum Outcome: Sendable, Equatable {
        case good
        /// It works, or nothing that is configured needs it; but it should be known.
        case doubtful
        case failed
        /// Not reached, or there is nothing to try.
        case skipped
    }

    package let name: Name
    package let outcome: Outcome
    /// What was seen, on one line; may be empty.
    package let detail: String
    /// What to do about it.
    package let advice: String?

    package init(_ name: Name, _ outcome: Outcome, _ detail: String, advice: String? = nil) {
        self.name = name
        self.outcome = outcome
        self.detail = detail
        self.advice = advice
    }
}
