internal import Foundation
internal import Instruments

/// Runs a call on a thread of its own, so that a test can do something meanwhile.
package final class Background<Result: Sendable>: Sendable {
    private let result = Monitor<Result?>(nil)

    package init(_ call: @escaping @Sendable () -> Result) {
        let result = result
        Thread.detachNewThread {
            let value = call()
            result.withLock { $0 = value }
        }
    }

    package var isDone: Bool { result.withLock { $0 != nil } }

    /// What the call returned; nil if it has not within `limit`.
    package func value(within limit: Duration = .seconds(10)) -> Result? {
        result.wait(within: limit) { $0 }
    }

    /// What a call of many seconds returns: the tests of a module share few threads, which it must
    /// not hold. Expectations belong behind it, where it is known which test they are of.
    package static func result(
        _ call: @escaping @Sendable () throws -> Result
    ) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(with: Swift.Result { try call() })
            }
        }
    }
}
