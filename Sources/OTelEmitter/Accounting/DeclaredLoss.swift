/// Data points that an attempt has declared lost.
package struct DeclaredLoss: Equatable {
    package let points: Int
    package let reason: LossReason
    /// Few values, fit for an attribute.
    package let errorType: String
}
