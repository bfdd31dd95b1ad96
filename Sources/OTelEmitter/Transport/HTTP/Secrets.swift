/// Texts that must never be shown: values of headers, users and passwords, and values in the query
/// of a URL.
struct Secrets: Sendable, Equatable {
    /// The shortest value that is hidden, in bytes. Shorter ones are part of many words and protect
    /// nothing.
    static let shortest = 3

    private let values: [[UInt8]]

    init(_ values: [String]) {
        let known = Set(values.map { Array($0.utf8) }.filter { $0.count >= Self.shortest })
        // The longest come first, because a longer value may contain a shorter one.
        self.values = known.sorted { left, right in
            left.count == right.count
                ? left.lexicographicallyPrecedes(right) : left.count > right.count
        }
    }

    /// The text with each value replaced. Bytes are compared, so that a character after the value,
    /// such as a combining accent, can't prevent the replacement.
    ///
    /// - Parameter isCut: whether the text is the beginning of a longer one. Its end is then
    ///   removed, because it may be the beginning of a value.
    func hidden(in text: String, isCut: Bool = false) -> String {
        let bytes = Array(text.utf8)
        var hidden = values.reduce(bytes) { $0.replacing($1, with: Array("***".utf8)) }
        if isCut { hidden.removeLast(min(hidden.count, (values.first?.count ?? 1) - 1)) }
        return hidden == bytes ? text : String(decoding: hidden, as: UTF8.self)
    }
}
