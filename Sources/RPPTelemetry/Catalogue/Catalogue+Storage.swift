public import Instruments

/// How an attempt to flush storage ended.
public enum FlushOutcome: Int, AttributeEnum {
    case success, retried, failed

    public static let attributeKey = "outcome"

    public var attributeValue: String {
        switch self {
        case .success: "success"
        case .retried: "retried"
        case .failed: "failed"
        }
    }
}
