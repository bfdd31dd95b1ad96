internal import OTelEmitter

/// What `--help` prints.
enum HelpText {
    /// What the step is called that tries the form of the requests.
    private static let forms = WireForm.allCases.map(\.name).joined(separator: " or ")

    static let general = """
        usage: otel-emit COMMAND [options]

        Does what an emitter does in a program, configured by the same OTEL_… variables.

          otel-emit check   print the configuration in force, and try the endpoint step by step
          otel-emit send    send measurements: one by name and value, or many from standard input
          otel-emit spool   list, verify or replay a spool's directory

        otel-emit COMMAND --help explains a command; otel-emit --version prints the version.

        exit status:
          0   everything went well
          1   a check failed, or something was invalid, refused, lost or not delivered
          64  the command line is invalid
        """

    static let check = """
        usage: otel-emit check [--no-canary] [--timeout SECONDS]

        Prints the configuration in force, without secrets, and where each option comes from. Then
        tries the endpoint, and the failover endpoint if there is one, with one plain and one
        compressed request, and reports for each step whether it works and what to do if not:

          name resolution, connect, TLS, answer, path, authentication, \(forms), gzip, clock, canary

          ok       it works
          note     it works, or the configuration does not need it, but you should know about it
          FAIL     it does not work
          skipped  not reached, or nothing to try

        options:
          --canary           send a data point, the gauge otelemitter.check = 1 (default)
          --no-canary        send no data point, but an empty request
          --timeout SECONDS  the limit for each request (default: the emitter's own timeout)
          --help             print this

        exit status: 0 nothing failed; 1 something failed; 64 the command line is invalid
        """

    static let send = """
        usage: otel-emit send NAME VALUE --kind counter|gauge|histogram [options]
               otel-emit send --stdin [options]

        Records measurements and delivers them to the configured endpoint, with retries. A spool, if
        one is configured, keeps what can't be delivered. The last line on standard output counts
        the data points:

          recorded=1 delivered=1 pending=0 lost=0

        VALUE is an integer or a decimal number. With --stdin, each line of standard input is a JSON
        object such as

          {"name":"jobs.done","value":3,"kind":"counter","unit":"{job}","attributes":{"queue":"a"}}

        A line is a measurement, not a data point: measurements of one series are added up, or the
        last one counts. Bad lines are reported by their numbers, and the others are sent anyway.

        options:
          --kind KIND        counter, gauge or histogram; with --stdin for lines without "kind"
          --unit UNIT        such as ms or {job}; with --stdin for lines without "unit"
          --attr KEY=VALUE   an attribute, as text; may be repeated; with --stdin for all lines that
                             don't have the key
          --scope SCOPE      the instrumentation scope (default otel-emit)
          --timeout SECONDS  the limit for the delivery (default 10)
          --progress         show the progress of reading and of the delivery on standard error,
                             even if it is not a terminal
          --help             print this

        exit status: 0 everything is delivered or kept in the spool; 1 something was invalid, lost
        or not even collected; 64 the command line is invalid
        """

    static let spool = """
        usage: otel-emit spool DIRECTORY [--verify] [--replay] [--adopt-unlocked] [options]

        Lists what waits in a spool: one line for each incarnation, which is alive as long as its
        process, and one line for each batch. Listing changes nothing.

        options:
          --verify           read each batch and check its checksum
          --replay           send the batches of dead incarnations to the configured endpoint,
                             oldest first; leave incarnations alone that are alive. Stops at the
                             first response that is neither a success nor worth another attempt,
                             and keeps the remaining batches
          --adopt-unlocked   with --replay: also send what lies on a file system without locks. Use
                             it only if no process uses the directory!
          --timeout SECONDS  with --replay: end after this time without a delivery (default 30)
          --progress         show the progress on standard error, even if it is not a terminal
          --help             print this

        exit status: 0 all batches are sound and, with --replay, delivered; 1 some are corrupt, lost
        or left; 64 the command line is invalid
        """
}
