/// The sizes of a proof. Prover and verifier must agree on all of them.
struct ProofParameters: Equatable, Sendable {
    /// The sizes that a decoder accepts, which limit what a hostile proof can make it allocate.
    static let traceRange: ClosedRange<UInt8> = 3...14
    static let blowupRange: ClosedRange<UInt8> = 2...4
    static let queryRange: ClosedRange<UInt8> = 1...64
    static let encodedBytes = 4

    let log2TraceLength: UInt8
    let log2Blowup: UInt8
    let queries: UInt8
    /// The binary logarithm of the number of coefficients at which the folding ends.
    let log2FinalLength: UInt8

    /// For block proofs: about 10 ms to make, 1 ms to check.
    static let consensus = ProofParameters(
        log2TraceLength: 10, log2Blowup: 3, queries: 20, log2FinalLength: 3)
    /// For wallet, identity and uptime proofs: a quarter of that.
    static let light = ProofParameters(
        log2TraceLength: 8, log2Blowup: 3, queries: 12, log2FinalLength: 2)
    /// For tests in debug builds, in which each hash takes twenty times as long.
    static let tiny = ProofParameters(
        log2TraceLength: 4, log2Blowup: 3, queries: 4, log2FinalLength: 1)

    var traceLength: Int { 1 << Int(log2TraceLength) }
    var blowup: Int { 1 << Int(log2Blowup) }
    var finalLength: Int { 1 << Int(log2FinalLength) }

    var traceDomain: EvaluationDomain {
        EvaluationDomain(log2Size: Int(log2TraceLength))
    }

    /// A coset that has no point in common with the trace's domain, so that there is no division by
    /// zero.
    var extendedDomain: EvaluationDomain {
        EvaluationDomain(log2Size: Int(log2TraceLength + log2Blowup), shift: .generator)
    }

    /// The number of folding layers. The composition polynomial has twice the trace's length, and
    /// each layer halves it.
    var layers: Int { Int(log2TraceLength) + 1 - Int(log2FinalLength) }

    /// Nil unless the sizes are within their ranges and leave something to fold.
    init?(
        checkingTrace trace: UInt8, blowup: UInt8, queries: UInt8, finalLength: UInt8
    ) {
        guard Self.traceRange.contains(trace), Self.blowupRange.contains(blowup),
            Self.queryRange.contains(queries), finalLength <= trace
        else { return nil }
        self.init(
            log2TraceLength: trace, log2Blowup: blowup, queries: queries,
            log2FinalLength: finalLength)
    }

    init(log2TraceLength: UInt8, log2Blowup: UInt8, queries: UInt8, log2FinalLength: UInt8) {
        self.log2TraceLength = log2TraceLength
        self.log2Blowup = log2Blowup
        self.queries = queries
        self.log2FinalLength = log2FinalLength
    }

    func encode(into writer: inout ByteWriter) {
        writer.write(log2TraceLength)
        writer.write(log2Blowup)
        writer.write(queries)
        writer.write(log2FinalLength)
    }
}
