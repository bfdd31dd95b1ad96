/// Why data points are refused for good, as operators are told.
extension Verdict.Refusal {
    /// Of a receiver that says no more.
    static let unexplained = Self(reason: "no reason given", errorType: "rejected")

    /// Of a receiver that has not accepted a request yet, and answers 400.
    func ofOneThatNeverAccepted(_ form: WireForm) -> Self {
        adding("; a receiver that refuses every request takes no OTLP \(form.name)")
    }

    /// Of a batch that has to go on in parts, and is not what it is said to be.
    var ofWhatCanNotBeDivided: Self {
        Self(
            reason: reason + "; it can't be sent in parts: it is damaged",
            errorType: Self.unreadable)
    }

    /// The error type of a batch that is damaged.
    static let unreadable = "unreadable"

    /// With what a division has found out.
    func of(_ fate: Division.Fate) -> Self {
        switch fate {
        case .delivered: self
        case .rejected(let metric):
            Self(reason: "metric \"\(metric)\": \(reason)", errorType: errorType)
        case .rejectedAll:
            adding("; it has accepted other requests, but no part of this one")
        case .unsearched:
            adding("; they came with a bad metric that was not found in time")
        case .tooLarge(let metric):
            Self(
                reason: "a single data point of metric \"\(metric)\" is too large: \(reason)",
                errorType: errorType)
        case .tooLargeAll:
            adding("; it refuses much smaller requests as well")
        }
    }

    private func adding(_ text: String) -> Self {
        Self(reason: reason + text, errorType: errorType)
    }
}

extension Division.Fate {
    /// What data points with this end are counted as if they are lost.
    var lossReason: LossReason {
        switch self {
        case .delivered, .rejected, .rejectedAll, .unsearched: .rejected
        case .tooLarge, .tooLargeAll: .tooLarge
        }
    }
}
