/// Queries made from two, and comparisons.
extension Query {
    // MARK: With a limit

    /// Where it is higher.
    func above(_ limit: Amount) throws(QueryProblem) -> Query { try compared(">", limit) }

    /// Where it is lower.
    func below(_ limit: Amount) throws(QueryProblem) -> Query { try compared("<", limit) }

    func equal(to limit: Amount) throws(QueryProblem) -> Query { try compared("==", limit) }

    /// How many series are lower: 0 where none is.
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

    /// Where the other one has a series too.
    func and(_ other: Query) throws(QueryProblem) -> Query { try joined("and", other) }

    /// Where the other one has no such series.
    func unless(_ other: Query) throws(QueryProblem) -> Query { try joined("unless", other) }

    /// What the other one has beside.
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

    /// Where it is higher than so many times the other one.
    func above(_ factor: Double = 1, times other: Query) throws(QueryProblem) -> Query {
        try require(other, hasThisQuantity: "above")
        let times = factor == 1 ? "" : "\(try Amount.number(factor).text(in: .number)) * "
        return made("\(operand) >\(try matching(other)) (\(times)\(other.operand))")
    }

    /// Where both are the same.
    func equal(to other: Query) throws(QueryProblem) -> Query { try compared("==", other) }

    /// Where it is as high as the other one, or higher.
    func atLeast(_ other: Query) throws(QueryProblem) -> Query { try compared(">=", other) }

    /// Where it is lower than the other one.
    func below(_ other: Query) throws(QueryProblem) -> Query { try compared("<", other) }

    private func compared(_ sign: String, _ other: Query) throws(QueryProblem) -> Query {
        try require(other, hasThisQuantity: "compared by \(sign) with")
        return made("\(operand) \(sign)\(try matching(other)) \(other.operand)")
    }

    /// By how much it is higher.
    func minus(_ other: Query) throws(QueryProblem) -> Query { try compared("-", other) }

    /// The quotient of two of a kind.
    func ratio(to other: Query) throws(QueryProblem) -> Query {
        try require(other, hasThisQuantity: "a ratio to")
        return Query(
            text: "\(operand) /\(try matching(other)) \(other.operand)", labels: labels,
            identity: identity, .ratio, isCompound: true)
    }

    /// Its part of the other one, which counts it too: 0 where nothing of this was ever counted.
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

    /// How the series of both find each other: by all labels, or by those that the other one has.
    private func matching(_ other: Query, grouped: Bool = true) throws(QueryProblem) -> String {
        if Set(labels) == Set(other.labels) { return "" }
        guard Set(other.labels).isSubset(of: labels) else {
            throw QueryProblem("\(text) lacks labels of \(other.text): \(other.labels)")
        }
        return " on (\(other.labels.joined(separator: ", ")))" + (grouped ? " group_left ()" : "")
    }
}
