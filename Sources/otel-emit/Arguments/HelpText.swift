internal import OTelEmitter

/// What `--help` prints.
enum HelpText {
    /// What the step is called that tries the form of the requests.
    private static let forms = WireForm.allCases.map(\.name).joined(separator: " or ")

    static let general = """
        usage: otel-emit COMMAND [options]

        Does by hand what an emitter does in a program, configured by the same OTEL_… variables.

          otel-emit check   print the configuration in force, and try the endpoint step by step
          otel-emit send    send measurements: one by name and value, or many from standard input
          otel-emit spool   list, verify or replay a spool's directory

        otel-emit COMMAND --help tells more; otel-emit --version prints the version.

        exit status:
          0   all is well
          1   a check failed, or something was bad, refused, lost or not delivered
          64  the command line makes no sense
        """

    static let check = """
        usage: otel-emit check [--no-canary] [--timeout SECONDS]

        Prints the configuration in force, without secrets, and where each option comes from. Then
        tries the endpoint, and the failover endpoint if there is one, with one plain and one
        compressed request, and says of each step whether it works and what to do if not:

          name resolution, connect, TLS, answer, path, authentication, \(forms), gzip, clock, canary

          ok       it works
          note     it works, or nothing that is configured needs it; but it should be known
          FAIL     it does not work
          skipped  not reached, or nothing to try

        options:
          --canary           send a data point, the gauge otelemitter.check = 1 (default)
          --no-canary        send no data point, but an empty request
          --timeout SECONDS  for each request (default: the emitter's own timeout)
          --help             print this

        exit status: 0 nothing failed; 1 something did; 64 the command line makes no sense
        """

    static let send = """
        usage: otel-emit send NAME VALUE --kind counter|gauge|histogram [options]
               otel-emit send --stdin [options]

        Records measurements and delivers them to the configured endpoint, with retries; a configured
        spool keeps what can't be delivered. The last line on standard output is the account, in data
        points:

          recorded=1 delivered=1 pending=0 lost=0

        VALUE is an integer or a decimal number. With --stdin, each line of standard input is a JSON
        object such as

          {"name":"jobs.done","value":3,"kind":"counter","unit":"{job}","attributes":{"queue":"a"}}

        Lines are measurements, not data points: those of one series are added up, or the last one
        counts. Bad lines are told by their numbers, and the others are sent all the same.

        options:
          --kind KIND        counter, gauge or histogram; with --stdin for lines without "kind"
          --unit UNIT        such as ms or {job}; with --stdin for lines without "unit"
          --attr KEY=VALUE   an attribute, as text; may be repeated; with --stdin for all lines that
                             don't have the key
          --scope SCOPE      the instrumentation scope (default otel-emit)
          --timeout SECONDS  for the delivery (default 10)
          --progress         tell progress, of reading and of waiting for the delivery, on standard
                             error though it is no terminal
          --help             print this

        exit status: 0 all is delivered, or kept in the spool; 1 something was bad or lost, or not
        even collected; 64 the command line makes no sense
        """

    static let spool = """
        usage: otel-emit spool DIRECTORY [--verify] [--replay] [--adopt-unlocked] [options]

        Lists what waits in a spool: a line for each incarnation, which is alive while its process
        lives, and a line for each batch. Nothing is changed.

        options:
          --verify           read each batch, and compare its checksum
          --replay           send the batches of dead incarnations, oldest first, to the configured
                             endpoint; those that are alive are left alone. Stops at the first
                             answer that is neither success nor worth another attempt, and keeps
                             what lies there
          --adopt-unlocked   with --replay: also what lies on a file system without locks. Only if no
                             process uses the directory!
          --timeout SECONDS  with --replay: end when nothing was delivered for so long (default 30)
          --progress         tell progress on standard error though it is no terminal
          --help             print this

        exit status: 0 all batches are sound, and with --replay delivered; 1 some are corrupt, were
        lost or are left; 64 the command line makes no sense
        """
}
