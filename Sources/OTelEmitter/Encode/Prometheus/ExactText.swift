internal import Glibc

/// A text by its bytes, as receivers compare it: to Swift, `é` and `e` with an accent behind it are
/// the same.
struct ExactText: Hashable, Comparable {
    let text: String

    init(_ text: String) {
        self.text = text
    }

    static func == (left: ExactText, right: ExactText) -> Bool {
        left.text.utf8.elementsEqual(right.text.utf8)
    }

    static func < (left: ExactText, right: ExactText) -> Bool {
        compare(left, right) ?? left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
    }

    /// Whether the bytes of one come first; nil if the texts don't lie in memory as bytes.
    // SAFETY: the pointers are used inside the closures only, within their counts.
    private static func compare(_ left: ExactText, _ right: ExactText) -> Bool? {
        left.text.utf8.withContiguousStorageIfAvailable { left in
            right.text.utf8.withContiguousStorageIfAvailable { right in
                guard let one = left.baseAddress, let other = right.baseAddress else {
                    return left.count < right.count
                }
                let order = memcmp(one, other, min(left.count, right.count))
                return order == 0 ? left.count < right.count : order < 0
            }
        }.flatMap { $0 }
    }

    func hash(into hasher: inout Hasher) {
        var text = text
        // SAFETY: the pointer is used inside the closure only.
        text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
}
