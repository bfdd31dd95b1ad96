import RPPTelemetry
import Testing

@testable import rpp_node

struct StatementTests {
    @Test func eachStepCubesAndAddsTheConstant() {
        let statement = Statement(kind: .uptime, subject: [1])
        let trace = statement.trace(length: 16)
        #expect(trace.count == 16 && trace[0] == statement.start)
        for (value, next) in zip(trace, trace.dropFirst()) {
            #expect(next == value.power(3) + statement.constant)
        }
    }

    @Test func subjectsAreBoundToTheirKind() {
        let digests = ProofKind.allCases.map { Statement(kind: $0, subject: [1, 2]).digest }
        #expect(Set(digests).count == ProofKind.allCases.count)
        #expect(
            Statement(kind: .uptime, subject: [1]).digest
                != Statement(kind: .uptime, subject: [1, 0]).digest)
    }
}
