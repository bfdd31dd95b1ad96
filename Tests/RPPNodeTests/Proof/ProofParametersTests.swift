import Testing

@testable import rpp_node

struct ProofParametersTests {
    @Test(arguments: [ProofParameters.consensus, .light, .tiny])
    func theSizesInUseAreAccepted(parameters: ProofParameters) {
        let checked = ProofParameters(
            checkingTrace: parameters.log2TraceLength, blowup: parameters.log2Blowup,
            queries: parameters.queries, finalLength: parameters.log2FinalLength)
        #expect(checked == parameters)
        var writer = ByteWriter()
        parameters.encode(into: &writer)
        #expect(writer.bytes.count == ProofParameters.encodedBytes)
        // As many foldings as lead from the composition polynomial to the final one.
        #expect(2 * parameters.traceLength >> parameters.layers == parameters.finalLength)
        #expect(parameters.extendedDomain.size == parameters.traceLength * parameters.blowup)
    }

    @Test(
        arguments: [
            (2, 3, 4, 1), (15, 3, 4, 1), (4, 1, 4, 1), (4, 5, 4, 1), (4, 3, 0, 1), (4, 3, 65, 1),
            (4, 3, 4, 5), (255, 255, 255, 255), (0, 0, 0, 0),
        ] as [(UInt8, UInt8, UInt8, UInt8)])
    func sizesOutsideTheRangesAreRefused(
        trace: UInt8, blowup: UInt8, queries: UInt8, finalLength: UInt8
    ) {
        let parameters = ProofParameters(
            checkingTrace: trace, blowup: blowup, queries: queries, finalLength: finalLength)
        #expect(parameters == nil)
    }
}
