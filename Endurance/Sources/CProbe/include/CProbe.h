// CProbe: what an endurance run has to know about its own process and can't ask in Swift.

#ifndef CPROBE_H
#define CPROBE_H

#include <stdint.h>

/// Whether allocations are counted: the process's malloc is ours, which forwards to glibc's. Not so
/// under the sanitizers, which need malloc for themselves.
_Bool probe_counts_allocations(void);

/// How often the calling thread has asked for memory since it began.
uint64_t probe_allocations(void);

/// Asks for memory once and gives it back, in a way that no compiler leaves out.
void probe_allocate_once(void);

/// Blocks of thread cells, the shared one included: what a million threads must not multiply.
uint32_t probe_cell_blocks(void);

/// Whether the program was built with optimisation, so that claims about release builds apply.
_Bool probe_is_optimized(void);

/// The two ends of a pipe that no child process inherits; below 0: there is none.
int probe_pipe(int ends[_Nonnull 2]);

/// The next connection to a listening socket, which no child process inherits; below 0: none.
int probe_accept(int listener);

#endif
