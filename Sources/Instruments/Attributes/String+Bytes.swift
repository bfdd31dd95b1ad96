/// Texts as receivers see them: bytes, without Unicode's equivalences.
extension String {
    /// Negative if this text sorts before `other`, byte by byte; 0 if they are the same.
    func order(to other: String) -> Int {
        let order = utf8.withContiguousStorageIfAvailable { left in
            other.utf8.withContiguousStorageIfAvailable { right in
                AttributeBytes.order(
                    UnsafeRawBufferPointer(left), UnsafeRawBufferPointer(right))
            }
        }
        if case .some(.some(let order)) = order { return order }
        // Not on Linux, where all texts are UTF-8 in memory.
        return Array(utf8).withUnsafeBytes { left in
            Array(other.utf8).withUnsafeBytes { right in AttributeBytes.order(left, right) }
        }
    }

    /// Whether this text sorts before `other`.
    package func precedes(_ other: String) -> Bool { order(to: other) < 0 }

    /// Whether the two texts have the same bytes.
    package func isSame(as other: String) -> Bool {
        utf8.count == other.utf8.count && order(to: other) == 0
    }
}
