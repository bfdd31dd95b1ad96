internal import Glibc

extension Spool {
    /// Does the work that is due: adopts what dead incarnations left, applies the limits, and
    /// retries what failed. Cheap if nothing is due. It is called on each tick, and soon again if
    /// the result says that there is more to do.
    ///
    /// - Parameter deadline: the time after which it starts nothing more. It can't interrupt a
    ///   single system call that hangs.
    package func maintain(until deadline: MonotonicTime = .distantFuture) -> SpoolChange {
        var budget = SpoolBudget(clock, until: deadline)
        retryRemovals(&budget)
        applyLimits(&budget)
        probe()
        survey(&budget)
        var taken = takeChange()
        taken.isUnfinished = survey != nil || budget.isSpent
        return taken
    }

    /// What has happened since this method or `maintain` was last called.
    package func takeChange() -> SpoolChange {
        defer { change = SpoolChange() }
        return change
    }

    /// Whether a survey is due, so that `maintain` has work to do even between ticks. This may be
    /// because there is now room for what the last survey had to leave.
    var isSurveyDue: Bool { survey == nil && clock.now() >= nextSurvey }

    // MARK: Limits

    /// Gives up batches that are too old, and the oldest ones while there are too many bytes.
    private func applyLimits(_ budget: inout SpoolBudget) {
        let (now, limit) = (clock.wall(), UInt64(clamping: options.ageLimit.nanoseconds))
        for directory in adopted + [ownDirectory].compactMap({ $0 }) {
            while let age = directory.entries.ageOfFirst(at: now), age >= limit,
                let name = directory.entries.first
            {
                guard budget.spend() else { return }
                drop(name, of: directory, .expired)
            }
        }
        while mustGiveUp(adding: 0), budget.spend(), giveUpOldest() {}
    }

    /// Makes room for a batch that is about to be stored. If very much has to be given up, the next
    /// calls of `maintain` do the rest.
    func makeRoom(for name: SpoolName) {
        var budget = SpoolBudget(clock, until: .distantFuture)
        while own.batches >= SpoolSurvey.fileLimit, budget.spend(), giveUpFirst(of: ownDirectory) {}
        while mustGiveUp(adding: name.fileBytes), budget.spend(), giveUpOldest() {}
    }

    private func mustGiveUp(adding bytes: Int) -> Bool {
        share.mustGiveUp(held: pending.bytes, adding: bytes, limit: options.byteLimit)
    }

    /// Returns false if there is nothing left to give up.
    private func giveUpOldest() -> Bool {
        giveUpFirst(of: adopted.first { $0.entries.first != nil } ?? ownDirectory)
    }

    private func giveUpFirst(of directory: SpoolDirectory?) -> Bool {
        guard let directory, let name = directory.entries.first else { return false }
        drop(name, of: directory, .spoolLimit)
        return true
    }

    // MARK: Recovery

    /// Finds out whether the disk accepts batches again, if there was no attempt for a while. The
    /// batches that could not be stored may have been delivered since.
    private func probe() {
        guard let storeFailure, clock.now() >= storeFailure.retryAt + Self.probeInterval else {
            return
        }
        do throws(ErrorNumber) {
            try openOwn().probe()
            storingWorked()
        } catch {
            storingFailed(error)
            if error.isAboutRemoval { forgetOwn() }
        }
    }

    // MARK: Survey

    /// Continues the survey, or begins one that is due.
    private func survey(_ budget: inout SpoolBudget) {
        if survey == nil, !beginSurvey() { return }
        while budget.spend() {
            let (now, mayAdopt) = (clock.wall(), mayAdopt)
            switch survey?.step(at: now, mayAdopt: mayAdopt) {
            case .nothing: break
            case .adopted(let directory, let foreignFiles): adopt(directory, foreignFiles)
            case .foreign(let name):
                settle(name)
                change.skippedFiles += 1
            case .end, nil: return endSurvey()
            }
        }
    }

    private func beginSurvey() -> Bool {
        let now = clock.now()
        guard now >= nextSurvey else { return false }
        let held = adopted.map(\.name) + [ownDirectory?.name].compactMap { $0 }
        do throws(ErrorNumber) {
            let handle = try root.open()
            do throws(ErrorNumber) {
                survey = try SpoolSurvey(
                    handle, root.files, skipping: settled.union(held),
                    adoptsUnlocked: adoptsUnlocked)
            } catch {
                root.files.discard(handle)
                throw error
            }
            return true
        } catch {
            surveyFailed(error)
            return false
        }
    }

    private func surveyFailed(_ error: ErrorNumber) {
        let now = clock.now()
        nextSurvey = now + Self.retryInterval
        troubles.failed(SpoolError(.open, options.directory, error), at: now, &change)
    }

    private func endSurvey() {
        guard let survey else { return }
        survey.end()
        self.survey = nil
        share = survey.share
        if let failure = survey.failure { return surveyFailed(failure) }
        let now = clock.now()
        nextSurvey = now + SpoolSurvey.interval
        troubles.worked(.open, at: now, &change)
    }

    private var mayAdopt: Bool {
        adopted.count < SpoolSurvey.adoptionLimit && inherited.batches < SpoolSurvey.fileLimit
    }

    private func adopt(_ directory: SpoolDirectory, _ foreignFiles: Int) {
        change.adoptedPoints += directory.entries.volume.points
        change.skippedFiles += foreignFiles
        adopted.append(directory)
        adopted.sort { $0.name < $1.name }
        if directory.entries.first == nil { release(directory) }
    }
}
