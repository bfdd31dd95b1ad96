import Testing

@testable import OTelEmitter

@Suite struct LineBudgetTests {
    private func at(_ seconds: Int64) -> MonotonicTime {
        MonotonicTime(nanoseconds: seconds * 1_000_000_000)
    }

    @Test func anHourHasSoManyLines() {
        var budget = LineBudget(2)
        var told: [Int64] = []
        for second in stride(from: 0, to: 9000, by: 1000) as StrideTo<Int64>
        where budget.has(at: at(second)) {
            budget.spend(at: at(second))
            told.append(second)
        }
        #expect(told == [0, 1000, 4000, 5000, 8000])
    }

    @Test func linesThatAreToldInAnyCaseCount() {
        var budget = LineBudget(2)
        #expect(budget.has(2, at: at(0)) && !budget.has(3, at: at(0)))
        budget.spend(3, at: at(0))
        #expect(!budget.has(at: at(3599)))
        #expect(budget.has(2, at: at(3600)) && !budget.has(3, at: at(3600)))
    }
}
