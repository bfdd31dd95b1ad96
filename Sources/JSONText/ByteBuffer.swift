/// A growing array of bytes that an encoder fills and then reuses.
///
/// One buffer serves many documents, since `removeAll` keeps the memory. Growing doubles the
/// capacity, so appending costs a bounds check and a copy. The type can't be copied, so threads
/// can't share a buffer.
@usableFromInline
package struct ByteBuffer: ~Copyable {
    /// The number of bytes written so far.
    @inlinable
    package var count: Int { length }

    @usableFromInline
    var length = 0
    // SAFETY: the allocation belongs to this value alone, which can't be copied. It is freed in
    // `deinit`, and only the closures below have access to it.
    @usableFromInline
    var base: UnsafeMutablePointer<UInt8>
    @usableFromInline
    var capacity: Int

    package init(capacity: Int = 4096) {
        self.capacity = max(capacity, 64)
        base = .allocate(capacity: self.capacity)
    }

    deinit {
        base.deallocate()
    }

    /// Calls `body` with all bytes written so far.
    @inlinable
    package borrowing func withBytes<Result>(
        _ body: (UnsafeRawBufferPointer) throws -> Result
    ) rethrows -> Result {
        try body(UnsafeRawBufferPointer(start: base, count: length))
    }

    /// A copy of the bytes.
    package borrowing func bytes() -> [UInt8] {
        Array(UnsafeBufferPointer(start: base, count: length))
    }

    package mutating func removeAll() {
        length = 0
    }

    /// Removes all bytes, and frees memory beyond `limit` bytes.
    package mutating func removeAll(keepingAtMost limit: Int) {
        length = 0
        guard capacity > limit else { return }
        base.deallocate()
        capacity = max(limit, 64)
        base = .allocate(capacity: capacity)
    }

    /// Removes everything after the first `newCount` bytes.
    package mutating func truncate(to newCount: Int) {
        length = min(length, max(newCount, 0))
    }

    @inlinable
    package mutating func append(byte: UInt8) {
        reserve(1)
        base[length] = byte
        length &+= 1
    }

    @inlinable
    package mutating func append(_ text: StaticString) {
        append(bytes: UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    @inlinable
    package mutating func append(bytes: UnsafeRawBufferPointer) {
        guard let source = bytes.baseAddress else { return }
        reserve(bytes.count)
        UnsafeMutableRawPointer(base + length).copyMemory(from: source, byteCount: bytes.count)
        length &+= bytes.count
    }

    package mutating func append(bytes: [UInt8]) {
        bytes.withUnsafeBytes { append(bytes: $0) }
    }

    /// The UTF-8 of the text, unchanged. Only for text that needs no escapes.
    package mutating func append(text: String) {
        var text = text
        text.withUTF8 { append(bytes: UnsafeRawBufferPointer($0)) }
    }

    /// Makes room for `needed` more bytes.
    @inlinable
    package mutating func reserve(_ needed: Int) {
        guard needed > capacity &- length else { return }
        grow(by: needed)
    }

    /// Calls `body` with a pen that writes after the bytes so far.
    ///
    /// - Parameter limit: the most bytes that `body` may write.
    @inlinable
    package mutating func write(upTo limit: Int, _ body: (inout BytePen) -> Void) {
        reserve(limit)
        var pen = BytePen(at: base + length)
        body(&pen)
        length = pen.end - base
    }

    /// Calls `body` to write up to `limit` bytes in place. `body` returns how many it has written.
    package mutating func append(
        upTo limit: Int, _ body: (UnsafeMutablePointer<UInt8>) -> Int
    ) {
        reserve(limit)
        length &+= min(max(body(base + length), 0), limit)
    }

    @usableFromInline
    mutating func grow(by needed: Int) {
        let grown = max(capacity * 2, length + needed)
        let fresh = UnsafeMutablePointer<UInt8>.allocate(capacity: grown)
        fresh.update(from: base, count: length)
        base.deallocate()
        base = fresh
        capacity = grown
    }
}
