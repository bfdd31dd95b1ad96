/// Combinations of two queries, and comparisons.
extension Query {
    // MARK: With a limit

    /// The series whose value is higher.
    func above(_ limit: Amount) throws(QueryProblem) -> Query { try compared(">", limit) }

    /// The series whose value is lower.
    func below(_ limit: Amount) throws(QueryProblem) -> Query { try compared("<", limit) }

    func equal(to limit: Amount) throws(QueryProblem) -> Query { try compared("==", limit) }

    /// The number of series whose value is lower; 0 if there is none.
    func countBelow(_ limit: Amount) throws(QueryProblem) -> Query {
        let flags = Query(
            text: "\(operand) < bool \(try limit.text(in: quantity))", labels: labels,
            identity: identity, .number)
        return try flags.sum()
    }

    private func compared(_ sign: String, _ limit: Amount) throws(QueryProblem) -> Query {
        made("\(operand) \(sign) \(try limit.text(in: quantity))")
    }

    // MARK: With another query

    /// The series that the other query has too.
    func and(_ other: Query) throws(QueryProblem) -> Query { try joined("and", other) }

    /// The series that the other query does not have.
    func unless(_ other: Query) throws(QueryProblem) -> Query { try joined("unless", other) }

    /// These series, and those that only the other query has.
    func or(_ other: Query) throws(QueryProblem) -> Query {
        try require(other, hasThisQuantity: "joined by \"or\" with")
        guard Set(labels) == Set(other.labels) else {
            throw QueryProblem("\(text) and \(other.text) have other labels")
        }
        return try joined("or", other)
    }

    private func joined(_ word: String, _ other: Query) throws(QueryProblem) -> Query {
        made("\(operand)\n\(word)\(try matching(other, grouped: false)) \(other.operand)")
    }

    /// The series whose value is higher than `factor` times that of the other query.
    func above(_ factor: Double = 1, times other: Query) throws(QueryProblem) -> Query {
        try require(other, hasThisQuantity: "above")
        let times = factor == 1 ? "" : "\(try Amount.number(factor).text(in: .number)) * "
        return made("\(operand) >\(try matching(other)) (\(times)\(other.operand))")
    }

    /// The series that have the same value in both queries.
    func equal(to other: Query) throws(QueryProblem) -> Query { try compared("==", other) }

    /// The series whose value is at least that of the other query.
    func atLeast(_ other: Query) throws(QueryProblem) -> Query { try compared(">=", other) }

    /// The series whose value is lower than that of the other query.
    func below(_ other: Query) throws(QueryProblem) -> Query { try compared("<", other) }

    private func compared(_ sign: String, _ other: Query) throws(QueryProblem) -> Query {
        try require(other, hasThisQuantity: "compared by \(sign) with")
        return made("\(operand) \(sign)\(try matching(other)) \(other.operand)")
    }

    /// The difference to the other query.
    func minus(_ other: Query) throws(QueryProblem) -> Query { try compared("-", other) }

    /// The quotient of two queries of the same quantity.
    func ratio(to other: Query) throws(QueryProblem) -> Query {
        try require(other, hasThisQuantity: "a ratio to")
        return Query(
            text: "\(operand) /\(try matching(other)) \(other.operand)", labels: labels,
            identity: identity, .ratio, isCompound: true)
    }

    /// The share in the other query, which includes this one. It is 0 if nothing was ever counted
    /// here.
    func part(of whole: Query) throws(QueryProblem) -> Query {
        let nothing = Query(
            text: "0 * \(whole.operand)", labels: whole.labels, identity: whole.identity,
            whole.quantity)
        return try self.or(nothing).ratio(to: whole)
    }

    // MARK: Parts

    private func made(_ text: String) -> Query {
        Query(text: text, labels: labels, identity: identity, quantity, isCompound: true)
    }

    private func require(_ other: Query, hasThisQuantity what: String) throws(QueryProblem) {
        guard other.quantity != quantity else { return }
        throw QueryProblem("\(text) in \(quantity) can't be \(what) \(other.quantity)")
    }

    /// How the series of both queries are matched: by all labels, or by those that the other query
    /// has.
    private func matching(_ other: Query, grouped: Bool = true) throws(QueryProblem) -> String {
        if Set(labels) == Set(other.labels) { return "" }
        guard Set(other.labels).isSubset(of: labels) else {
            throw QueryProblem("\(text) lacks labels of \(other.text): \(other.labels)")
        }
        return " on (\(other.labels.joined(separator: ", ")))" + (grouped ? " group_left ()" : "")
    }
}
