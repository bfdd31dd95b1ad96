extension Double {
    /// A sum that overflowed is held at the end of the range, as integers are: infinities have no
    /// differences.
    var heldFinite: Double {
        min(max(self, -.greatestFiniteMagnitude), .greatestFiniteMagnitude)
    }
}

extension Int64 {
    /// The sum, held at the end of the range that it would leave.
    func addingSaturating(_ amount: Int64) -> Int64 {
        let (sum, isOverflow) = addingReportingOverflow(amount)
        return isOverflow ? (amount < 0 ? .min : .max) : sum
    }

    /// The difference, held likewise.
    func subtractingSaturating(_ amount: Int64) -> Int64 {
        let (rest, isOverflow) = subtractingReportingOverflow(amount)
        return isOverflow ? (amount < 0 ? .max : .min) : rest
    }
}
