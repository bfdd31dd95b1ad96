import Foundation
import TestSupport
import Testing

/// The same random programs through this SDK and through the official Python SDK: the results have
/// to agree.
///
/// `OTEL_EMITTER_DIFFERENTIAL_PROGRAMS` runs that many programs, instead of those of every build,
/// from `OTEL_EMITTER_DIFFERENTIAL_SEED` on; one that failed is run again by its seed and 1.
@Suite(
    .enabled(
        if: PythonSDK.isWanted,
        "set OTEL_EMITTER_PYTHON to a Python with Tests/Oracle/requirements.txt installed"))
struct DifferentialTests {
    /// Programs of every build.
    private static let programs: UInt64 = 1500
    /// Programs of one Python process, so that a campaign needs no more memory than a build.
    private static let portion: UInt64 = 1500

    private static func number(_ variable: String) -> UInt64? {
        ProcessInfo.processInfo.environment[variable].flatMap(UInt64.init)
    }

    @Test func randomProgramsGiveWhatPythonsSDKGives() throws {
        let count = Self.number("OTEL_EMITTER_DIFFERENTIAL_PROGRAMS")
        let first = Self.number("OTEL_EMITTER_DIFFERENTIAL_SEED") ?? 1
        let seeds = first..<first + (count ?? Self.programs)
        var points = 0
        for start in stride(from: seeds.lowerBound, to: seeds.upperBound, by: Int(Self.portion)) {
            let portion = start..<min(start + Self.portion, seeds.upperBound)
            points += try compare(portion)
        }
        // Programs that measure nothing would agree as well.
        if count == nil { #expect(points > 20_000, "only \(points) points were compared") }
    }

    private func compare(_ seeds: Range<UInt64>) throws -> Int {
        let plans = seeds.map(PlanMaker.make)
        let results = try PythonSDK.run(plans)
        try #require(results.map(\.seed) == plans.map(\.seed))
        #expect(results.count { $0.isCutShort } <= max(plans.count / 30, 1))
        var points = 0
        for (plan, theirs) in zip(plans, results) {
            let (ours, faults) = plan.run()
            var comparison = Comparison(plan)
            comparison.compare(ours, theirs)
            points += comparison.points
            let all = faults + comparison.faults
            #expect(
                all.isEmpty,
                "seed \(plan.seed): \(all.count) faults\n\(all.prefix(8).joined(separator: "\n"))")
        }
        return points
    }

    /// A comparison that accepts everything is none.
    @Test func aWrongResultIsNoticed() throws {
        // Without the instruments of which not everything is compared.
        let plans = (1...300).map { PlanMaker.make(seed: $0) }
            .filter { plan in !plan.instruments.contains { $0.isIrregular } }
        var (changed, noticed) = (0, 0)
        for plan in plans {
            let (right, _) = plan.run()
            for change in PlainResult.changes {
                guard let wrong = right.changed(by: change) else { continue }
                var comparison = Comparison(plan)
                comparison.compare(right, wrong)
                changed += 1
                noticed += comparison.faults.isEmpty ? 0 : 1
            }
        }
        #expect(changed > 500)
        #expect(noticed == changed)
    }
}

extension PlainResult {
    /// Single errors of an SDK.
    static let changes: [@Sendable (inout PlainPoint) -> Void] = [
        { $0.attributes += "x" },
        { $0.unit += "x" },
        { $0.description += "x" },
        { $0.isDelta.toggle() },
        { $0.value = $0.value.map { .double($0.asDouble + .nan) } },
        { $0.count = $0.count.map { $0 + 1 } },
        { if $0.buckets != nil { $0.buckets?[0] += 1 } },
        { $0.zeroCount = $0.zeroCount.map { $0 + 1 } },
        {
            if $0.positive?.isEmpty == false {
                $0.positiveOffset = $0.positiveOffset.map { $0 + 1 }
            }
        },
    ]

    /// Nil if the change changes nothing.
    func changed(by change: (inout PlainPoint) -> Void) -> PlainResult? {
        var copy = self
        for round in copy.rounds.indices {
            for index in copy.rounds[round].cumulative.indices {
                let before = copy.rounds[round].cumulative[index]
                change(&copy.rounds[round].cumulative[index])
                if copy.rounds[round].cumulative[index] != before { return copy }
            }
        }
        return nil
    }
}
