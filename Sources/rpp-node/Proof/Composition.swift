/// The constraints of the computation, combined into one quotient. It is a polynomial only if all
/// constraints hold.
struct Composition: Sendable {
    private let transition: Goldilocks
    private let first: Goldilocks
    private let last: Goldilocks
    private let degree: Goldilocks
    private let statement: (start: Goldilocks, constant: Goldilocks)
    private let output: Goldilocks
    private let traceLength: Int
    /// The trace domain's last point, where the computation has no next step.
    private let lastPoint: Goldilocks

    /// Draws the weights of the constraints.
    init(
        _ statement: Statement, output: Goldilocks, parameters: ProofParameters,
        transcript: inout Transcript
    ) {
        transition = transcript.challenge()
        first = transcript.challenge()
        last = transcript.challenge()
        degree = transcript.challenge()
        self.statement = (statement.start, statement.constant)
        self.output = output
        traceLength = parameters.traceLength
        lastPoint = parameters.traceDomain.element(parameters.traceLength - 1)
    }

    /// The value at one point, as the verifier computes it.
    func value(at point: Goldilocks, current: Goldilocks, next: Goldilocks) -> Goldilocks {
        let divisors = self.divisors(at: point)
        return combine(
            point, current, next,
            (divisors.0.inverse, divisors.1.inverse, divisors.2.inverse))
    }

    /// The values over the whole domain, as the prover computes them.
    func values(trace: [Goldilocks], over domain: EvaluationDomain, blowup: Int) -> [Goldilocks] {
        let points = domain.elements
        var flat: [Goldilocks] = []
        flat.reserveCapacity(3 * points.count)
        for point in points {
            let divisors = self.divisors(at: point)
            flat.append(divisors.0)
            flat.append(divisors.1)
            flat.append(divisors.2)
        }
        let inverses = Goldilocks.inverses(of: flat)
        return points.indices.map { index in
            combine(
                points[index], trace[index], trace[(index + blowup) & (points.count - 1)],
                (inverses[3 * index], inverses[3 * index + 1], inverses[3 * index + 2]))
        }
    }

    private func divisors(at point: Goldilocks) -> (Goldilocks, Goldilocks, Goldilocks) {
        (point.power(UInt64(traceLength)) - .one, point - .one, point - lastPoint)
    }

    /// The trace itself is included, so that its own degree is tested too.
    private func combine(
        _ point: Goldilocks, _ current: Goldilocks, _ next: Goldilocks,
        _ inverses: (Goldilocks, Goldilocks, Goldilocks)
    ) -> Goldilocks {
        let step = next - current * current * current - statement.constant
        return transition * step * (point - lastPoint) * inverses.0
            + first * (current - statement.start) * inverses.1
            + last * (current - output) * inverses.2
            + degree * current
    }
}
