internal import Instruments

/// A text by its bytes, as receivers compare it: to Swift, `é` and `e` with an accent behind it are
/// the same.
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
        // SAFETY: the pointer is used inside the closure only.
        text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
}
