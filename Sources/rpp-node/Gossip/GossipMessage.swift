internal import RPPTelemetry

/// What validators say to each other. Each message belongs to a topic.
enum GossipMessage: Equatable, Sendable {
    case hello(validator: UInt8)
    case status(height: UInt64, head: Digest)
    case transaction(Transaction)
    case proposal(round: UInt64, block: Block)
    case blockProof(height: UInt64, round: UInt64, block: Digest, proof: [UInt8])
    case vote(Vote)
    case witnessNotice(height: UInt64, proof: Digest)
    case witnessProof(height: UInt64, proof: [UInt8])
    case blockRequest(height: UInt64)
    case sealedBlock(ProvenBlock)

    var frame: Frame {
        var writer = ByteWriter()
        let topic = encode(into: &writer)
        return Frame(topic: topic, payload: writer.bytes)
    }

    /// If a topic has several messages, the first byte says which one it is.
    private func encode(into writer: inout ByteWriter) -> GossipTopic {
        switch self {
        case .hello(let validator):
            writer.write(UInt8(0))
            writer.write(validator)
            return .meta
        case .status(let height, let head):
            writer.write(UInt8(1))
            writer.write(height)
            writer.write(head)
            return .meta
        case .transaction(let transaction):
            writer.write(UInt8(2))
            transaction.encode(into: &writer)
            return .meta
        case .proposal(let round, let block):
            writer.write(round)
            block.encode(into: &writer)
            return .blocks
        case .blockProof(let height, let round, let block, let proof):
            writer.write(height)
            writer.write(round)
            writer.write(block)
            writer.write(proof)
            return .proofs
        case .vote(let vote):
            writer.write(vote.encoded())
            return .votes
        case .witnessNotice(let height, let proof):
            writer.write(height)
            writer.write(proof)
            return .witnessMeta
        case .witnessProof(let height, let proof):
            writer.write(height)
            writer.write(proof)
            return .witnessProofs
        case .blockRequest(let height):
            writer.write(UInt8(0))
            writer.write(height)
            return .snapshots
        case .sealedBlock(let sealed):
            writer.write(UInt8(1))
            sealed.block.encode(into: &writer)
            writer.write(sealed.proof)
            return .snapshots
        }
    }

    init(_ frame: Frame) throws(DecodingFailure) {
        var reader = ByteReader(frame.payload)
        switch frame.topic {
        case .meta: self = try Self.readMeta(&reader)
        case .snapshots: self = try Self.readSnapshots(&reader)
        case .blocks:
            self = .proposal(round: try reader.readUInt64(), block: try Block(from: &reader))
        case .proofs:
            self = .blockProof(
                height: try reader.readUInt64(), round: try reader.readUInt64(),
                block: try reader.readDigest(), proof: try reader.readRest())
        case .votes: self = .vote(try Vote(from: &reader))
        case .witnessMeta:
            self = .witnessNotice(
                height: try reader.readUInt64(), proof: try reader.readDigest())
        case .witnessProofs:
            self = .witnessProof(
                height: try reader.readUInt64(), proof: try reader.readRest())
        case .vrfProofs, .vrfMeta: throw .unknownKind
        }
        try reader.finish()
    }

    private static func readMeta(
        _ reader: inout ByteReader
    ) throws(DecodingFailure) -> GossipMessage {
        switch try reader.readUInt8() {
        case 0: .hello(validator: try reader.readUInt8())
        case 1: .status(height: try reader.readUInt64(), head: try reader.readDigest())
        case 2: .transaction(try Transaction(from: &reader))
        default: throw .unknownKind
        }
    }

    private static func readSnapshots(
        _ reader: inout ByteReader
    ) throws(DecodingFailure) -> GossipMessage {
        switch try reader.readUInt8() {
        case 0: .blockRequest(height: try reader.readUInt64())
        case 1:
            .sealedBlock(
                ProvenBlock(block: try Block(from: &reader), proof: try reader.readRest()))
        default: throw .unknownKind
        }
    }
}

extension ByteReader {
    fileprivate mutating func readRest() throws(DecodingFailure) -> [UInt8] {
        Array(try read(remaining))
    }
}
