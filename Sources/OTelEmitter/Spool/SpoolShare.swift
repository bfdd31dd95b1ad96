/// How the bytes of a spool directory are shared among the processes that use it.
struct SpoolShare: Equatable {
    /// The bytes in directories of other living processes, which only they may give up.
    var livingBytes = 0
    /// The number of other living processes that have a directory there.
    var living = 0
    /// The bytes that dead incarnations left and no process has adopted yet.
    var unadoptedBytes = 0

    /// Whether this process has to give up its oldest batch before it adds some bytes.
    ///
    /// Each process may use an equal part of the limit. While all of them together exceed it, at
    /// least one exceeds its part, and that one gives up batches. The limit therefore holds, and no
    /// process is starved by another.
    func mustGiveUp(held: Int, adding: Int, limit: Int) -> Bool {
        let mine = held + unadoptedBytes + adding
        return mine + livingBytes > limit && mine > limit / (living + 1)
    }
}
