/// A validator's place in the mesh: its number, its listening socket, everybody's ports.
struct ValidatorSeat: Sendable {
    let index: Int
    let listener: OwnedDescriptor
    let ports: [UInt16]

    /// Takes one seat for each running validator, on ports that the kernel chooses; the sockets
    /// of the others are closed when this returns.
    static func make(count: Int, running: Int) throws(SystemCallError) -> [ValidatorSeat] {
        var listeners: [(socket: OwnedDescriptor, port: UInt16)] = []
        for _ in 0..<count { listeners.append(try LoopbackSocket.listen(port: 0)) }
        let ports = listeners.map(\.port)
        return listeners.prefix(running).enumerated().map { index, listener in
            ValidatorSeat(index: index, listener: listener.socket, ports: ports)
        }
    }

    /// Whether a connection may introduce itself as this validator: the dialled one must be the
    /// one that was dialled, and only those behind this seat dial it.
    func mayGreet(_ validator: Int, dialled: Int?) -> Bool {
        if let dialled { return validator == dialled }
        return validator > index && validator < ports.count
    }
}
