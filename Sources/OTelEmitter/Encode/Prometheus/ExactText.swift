internal import Instruments

/// A text that is compared byte by byte, as receivers do. Swift would consider `é` and `e` followed
/// by a combining accent to be equal.
struct ExactText: Hashable, Comparable {
    let text: String

    init(_ text: String) {
        self.text = text
    }

    static func == (left: ExactText, right: ExactText) -> Bool {
        left.text.isSame(as: right.text)
    }

    static func < (left: ExactText, right: ExactText) -> Bool {
        left.text.precedes(right.text)
    }

    func hash(into hasher: inout Hasher) {
        var text = text
        // SAFETY: the pointer is only used inside the closure.
        text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
}
