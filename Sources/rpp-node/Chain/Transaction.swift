/// A payment from one account to another.
struct Transaction: Hashable, Sendable {
    static let encodedBytes = 18

    let sender: UInt8
    let receiver: UInt8
    let amount: UInt64
    /// Tells two otherwise equal payments apart.
    let nonce: UInt64

    func encode(into writer: inout ByteWriter) {
        writer.write(sender)
        writer.write(receiver)
        writer.write(amount)
        writer.write(nonce)
    }

    var hash: Digest {
        var writer = ByteWriter()
        encode(into: &writer)
        return SHA256.hash(writer.bytes)
    }
}

extension Transaction {
    init(from reader: inout ByteReader) throws(DecodingFailure) {
        sender = try reader.readUInt8()
        receiver = try reader.readUInt8()
        amount = try reader.readUInt64()
        nonce = try reader.readUInt64()
    }
}
