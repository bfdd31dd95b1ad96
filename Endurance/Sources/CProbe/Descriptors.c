// Calls of Linux that Swift's Glibc module does not name.
#define _GNU_SOURCE

#include "CProbe.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

int probe_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC); }

int probe_accept(int listener) { return accept4(listener, NULL, NULL, SOCK_CLOEXEC); }
