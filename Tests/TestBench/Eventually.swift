internal import Glibc

/// Whether `condition` holds, now or within `limit`: for what can only be polled, such as `/proc`
/// or a port. What a test can be told of, it waits for with a `Monitor`.
package func eventually(
    within limit: Duration = .seconds(10), _ condition: () throws -> Bool
) rethrows -> Bool {
    let deadline = ContinuousClock.now + limit
    while try !condition() {
        if ContinuousClock.now >= deadline { return false }
        poll(nil, 0, 2)
    }
    return true
}
