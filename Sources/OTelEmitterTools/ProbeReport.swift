package import OTelEmitter

/// What trying an endpoint has shown, step by step.
package struct ProbeReport: Sendable, Equatable {
    /// The endpoint for people to read, without credentials.
    package let endpoint: String
    /// The form of the requests.
    package let form: WireForm
    /// One for each name, in their order.
    package let steps: [ProbeStep]

    package init(endpoint: String, form: WireForm, steps: [ProbeStep]) {
        self.endpoint = endpoint
        self.form = form
        self.steps = steps
    }

    /// Whether nothing failed.
    package var isGood: Bool { !steps.contains { $0.outcome == .failed } }
}

/// One thing that has to work on the way to a collector.
package struct ProbeStep: Sendable, Equatable {
    /// The steps in the order in which a request takes them.
    package enum Name: Sendable, CaseIterable, Comparable {
        case resolution, connection, tls
        /// That HTTP/1 is spoken, and that the server works.
        case answer
        case path, authentication
        /// That the server takes the wire form.
        case form
        case gzip, clock, canary

        /// What the step is called for people, with requests of a form.
        package func title(_ form: WireForm) -> String {
            switch self {
            case .resolution: "name resolution"
            case .connection: "connect"
            case .tls: "TLS"
            case .form: form.name
            case .answer, .path, .authentication, .gzip, .clock, .canary: "\(self)"
            }
        }

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
