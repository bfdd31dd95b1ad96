/// What must never be shown: values of headers, users and passwords, values of a URL's query.
struct Secrets: Sendable, Equatable {
    /// Bytes that a value has to have: shorter ones stand in many words, and protect nothing.
    static let shortest = 3

    private let values: [[UInt8]]

    init(_ values: [String]) {
        let known = Set(values.map { Array($0.utf8) }.filter { $0.count >= Self.shortest })
        // A longer one may have a shorter one in it.
        self.values = known.sorted { left, right in
            left.count == right.count
                ? left.lexicographicallyPrecedes(right) : left.count > right.count
        }
    }

    /// The text with each value replaced, byte by byte: what stands behind a value, such as a
    /// combining accent, can't save it.
    ///
    /// - Parameter isCut: whether it is the beginning of a longer text. Then what may be the
    ///   beginning of a value at its end is left out.
    func hidden(in text: String, isCut: Bool = false) -> String {
        let bytes = Array(text.utf8)
        var hidden = values.reduce(bytes) { $0.replacing($1, with: Array("***".utf8)) }
        if isCut { hidden.removeLast(min(hidden.count, (values.first?.count ?? 1) - 1)) }
        return hidden == bytes ? text : String(decoding: hidden, as: UTF8.self)
    }
}
