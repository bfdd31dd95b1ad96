/// How the bytes of a spool directory are shared among those that use it.
struct SpoolShare: Equatable {
    /// Bytes in directories of other living processes: only they give them up.
    var livingBytes = 0
    /// Other living processes that have a directory there.
    var living = 0
    /// Bytes that dead incarnations left and nobody has adopted yet.
    var unadoptedBytes = 0

    /// Whether this process has to give up its oldest batch, before it adds some bytes.
    ///
    /// Each process is entitled to an equal part of the limit. While all of them together are above
    /// it, at least one is above its part, and that one gives up: so the limit holds, and nobody is
    /// starved by a neighbour.
    func mustGiveUp(held: Int, adding: Int, limit: Int) -> Bool {
        let mine = held + unadoptedBytes + adding
        return mine + livingBytes > limit && mine > limit / (living + 1)
    }
}
