/// A vote of one validator. It does not name the voter: a vote counts for the validator at the
/// other end of its connection.
struct Vote: Equatable, Sendable {
    enum Kind: UInt8, Sendable {
        case prevote, precommit
    }

    let kind: Kind
    let height: UInt64
    let round: UInt64
    let block: Digest

    func encoded() -> [UInt8] {
        var writer = ByteWriter()
        writer.write(kind.rawValue)
        writer.write(height)
        writer.write(round)
        writer.write(block)
        return writer.bytes
    }
}

extension Vote {
    init(from reader: inout ByteReader) throws(DecodingFailure) {
        guard let kind = Kind(rawValue: try reader.readUInt8()) else { throw .unknownKind }
        self.kind = kind
        height = try reader.readUInt64()
        round = try reader.readUInt64()
        block = try reader.readDigest()
    }
}
