internal import RPPTelemetry

/// The encoding of a proof: magic number, parameters, public inputs, commitments and openings.
/// Every length follows from the parameters, so a proof has exactly one encoding.
extension Proof {
    static let magic: [UInt8] = Array("RPPS".utf8) + [1]
    /// The size of the kind, the statement's digest and the output.
    static let publicBytes = 1 + Digest.byteCount + 8

    /// The part with which the transcript starts.
    static func header(
        parameters: ProofParameters, kind: ProofKind, digest: Digest, output: Goldilocks
    ) -> [UInt8] {
        var writer = ByteWriter()
        writer.write(magic)
        parameters.encode(into: &writer)
        writer.write(UInt8(truncatingIfNeeded: kind.rawValue))
        writer.write(digest)
        writer.write(output.value)
        return writer.bytes
    }

    var header: [UInt8] {
        Self.header(parameters: parameters, kind: kind, digest: digest, output: output)
    }

    func encoded() -> [UInt8] {
        var writer = ByteWriter()
        writer.write(header)
        writer.write(traceRoot)
        for root in layerRoots { writer.write(root) }
        for coefficient in finalCoefficients { writer.write(coefficient.value) }
        for query in queries {
            for opening in [query.current, query.next] {
                writer.write(opening.value.value)
                for digest in opening.path { writer.write(digest) }
            }
            for layer in query.layers {
                writer.write(layer.low.value)
                writer.write(layer.high.value)
                for digest in layer.path { writer.write(digest) }
            }
        }
        return writer.bytes
    }

    init(decoding bytes: [UInt8]) throws(DecodingFailure) {
        var reader = ByteReader(bytes)
        guard try Array(reader.read(Self.magic.count)) == Self.magic else { throw .unknownKind }
        guard
            let parameters = try ProofParameters(
                checkingTrace: reader.readUInt8(), blowup: reader.readUInt8(),
                queries: reader.readUInt8(), finalLength: reader.readUInt8())
        else { throw .limitExceeded }
        self.parameters = parameters
        guard let kind = try ProofKind(rawValue: Int(reader.readUInt8())) else {
            throw .unknownKind
        }
        self.kind = kind
        digest = try reader.readDigest()
        output = try Goldilocks(from: &reader)
        traceRoot = try reader.readDigest()
        layerRoots = try reader.readDigests(parameters.layers)
        var coefficients: [Goldilocks] = []
        for _ in 0..<parameters.finalLength {
            coefficients.append(try Goldilocks(from: &reader))
        }
        finalCoefficients = coefficients
        var queries: [QueryOpening] = []
        for _ in 0..<parameters.queries {
            queries.append(try QueryOpening(from: &reader, parameters))
        }
        self.queries = queries
        try reader.finish()
    }
}

extension QueryOpening {
    fileprivate init(
        from reader: inout ByteReader, _ parameters: ProofParameters
    ) throws(DecodingFailure) {
        let depth = parameters.extendedDomain.log2Size
        current = try Opening(from: &reader, depth: depth)
        next = try Opening(from: &reader, depth: depth)
        var layers: [PairOpening] = []
        for layer in 0..<parameters.layers {
            layers.append(try PairOpening(from: &reader, depth: depth - 1 - layer))
        }
        self.layers = layers
    }
}

extension Opening {
    fileprivate init(from reader: inout ByteReader, depth: Int) throws(DecodingFailure) {
        value = try Goldilocks(from: &reader)
        path = try reader.readDigests(depth)
    }
}

extension PairOpening {
    fileprivate init(from reader: inout ByteReader, depth: Int) throws(DecodingFailure) {
        low = try Goldilocks(from: &reader)
        high = try Goldilocks(from: &reader)
        path = try reader.readDigests(depth)
    }
}

extension Goldilocks {
    fileprivate init(from reader: inout ByteReader) throws(DecodingFailure) {
        guard let element = Goldilocks(canonical: try reader.readUInt64()) else {
            throw .notCanonical
        }
        self = element
    }
}

extension ByteReader {
    fileprivate mutating func readDigests(_ count: Int) throws(DecodingFailure) -> [Digest] {
        var digests: [Digest] = []
        for _ in 0..<count { digests.append(try readDigest()) }
        return digests
    }
}
