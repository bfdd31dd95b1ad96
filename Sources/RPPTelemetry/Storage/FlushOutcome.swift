public import Instruments

/// How an attempt to flush storage ended.
public enum FlushOutcome: Int, AttributeEnum {
    /// At the first attempt.
    case success
    /// At a later attempt.
    case retried
    /// Not at all.
    case failed

    public static let attributeKey = "outcome"

    public var attributeValue: String {
        switch self {
        case .success: "success"
        case .retried: "retried"
        case .failed: "failed"
        }
    }
}
