internal import Glibc
internal import Instruments

/// Whether `condition` holds, now or within `limit`: for what can only be polled, such as `/proc`
/// or a port. What a test can be told of, it waits for with a `Monitor`.
///
/// - Parameter milliseconds: between two looks.
package func eventually(
    within limit: Duration = .seconds(10), every milliseconds: Int32 = 2,
    _ condition: () throws -> Bool
) rethrows -> Bool {
    let deadline = ContinuousClock.now + limit
    while try !condition() {
        if ContinuousClock.now >= deadline { return false }
        poll(nil, 0, milliseconds)
    }
    return true
}
