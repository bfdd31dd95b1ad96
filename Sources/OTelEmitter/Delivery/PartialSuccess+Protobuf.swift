/// Answers in protobuf, which some receivers give whatever they were sent:
/// `ExportMetricsServiceResponse`, of which two fields count.
extension PartialSuccess {
    /// Nil if the bytes are no such message.
    static func read(protobuf body: [UInt8], of response: HTTPResponse) -> PartialSuccess? {
        var answer = PartialSuccess()
        var message = ProtobufReader(body[...])
        while let field = message.next() {
            guard field.number == 1 else { continue }
            guard case .bytes(let partial) = field.value,
                answer.take(ProtobufReader(partial), of: response)
            else { return nil }
        }
        return message.isAtEnd ? answer : nil
    }

    /// False if it is no `ExportMetricsPartialSuccess`.
    private mutating func take(_ partial: ProtobufReader, of response: HTTPResponse) -> Bool {
        var partial = partial
        while let field = partial.next() {
            switch (field.number, field.value) {
            case (1, .varint(let count)):
                let count = Int64(bitPattern: count)
                isDoubtful = count < 0
                rejected = Int(max(count, 0))
            case (2, .bytes(let text)):
                let text = String(decoding: text, as: UTF8.self)
                message = text.isEmpty ? nil : CollectorText.shown(text, of: response)
            case (1, _), (2, _): return false
            default: break
            }
        }
        return partial.isAtEnd
    }
}

/// Reads the fields of one protobuf message; those that it does not know it passes over.
struct ProtobufReader {
    enum Value: Equatable {
        case varint(UInt64)
        case bytes(ArraySlice<UInt8>)
        /// Of four or eight bytes.
        case fixed
    }

    /// Bytes of a varint, at most.
    private static let varintBytes = 10

    private var rest: ArraySlice<UInt8>

    init(_ message: ArraySlice<UInt8>) {
        rest = message
    }

    /// Whether all was read; false once `next` is nil: what follows is no field.
    var isAtEnd: Bool { rest.isEmpty }

    /// The next field; nil at the end, and where there is none.
    mutating func next() -> (number: UInt64, value: Value)? {
        var ahead = self
        guard let key = ahead.varint(), key >> 3 > 0, let value = ahead.value(key & 7) else {
            return nil
        }
        self = ahead
        return (key >> 3, value)
    }

    private mutating func value(_ type: UInt64) -> Value? {
        switch type {
        case 0: varint().map(Value.varint)
        case 1: take(8).map { _ in .fixed }
        case 2: varint().flatMap { Int(exactly: $0) }.flatMap { take($0) }.map(Value.bytes)
        case 5: take(4).map { _ in .fixed }
        default: nil
        }
    }

    private mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
        guard count <= rest.count else { return nil }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }

    private mutating func varint() -> UInt64? {
        var value: UInt64 = 0
        for position in 0..<Self.varintBytes {
            guard let byte = rest.popFirst() else { return nil }
            value |= UInt64(byte & 0x7F) << (7 * position)
            if byte < 0x80 { return value }
        }
        return nil
    }
}
