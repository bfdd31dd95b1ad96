/// Data points that an attempt has declared lost.
package struct DeclaredLoss: Equatable {
    package let points: Int
    package let reason: LossReason
    /// One of a few possible values, so that it can be used as an attribute.
    package let errorType: String
}
