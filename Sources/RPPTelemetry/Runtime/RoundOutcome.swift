public import Instruments

/// How a consensus round ended.
public enum RoundOutcome: Int, AttributeEnum {
    case sealed, timedOut, failed

    public static let attributeKey = "outcome"

    public var attributeValue: String {
        switch self {
        case .sealed: "sealed"
        case .timedOut: "timed_out"
        case .failed: "failed"
        }
    }
}
