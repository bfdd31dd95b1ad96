// The system's zlib, with shims for the macros that Swift cannot import.

#ifndef CZLIB_SHIM_H
#define CZLIB_SHIM_H

#include <zlib.h>

/// `deflateInit2`, which zlib defines as a macro.
static inline int czlib_deflate_init2(
    z_stream *_Nonnull stream, int level, int window_bits, int memory_level) {
    return deflateInit2(
        stream, level, Z_DEFLATED, window_bits, memory_level, Z_DEFAULT_STRATEGY);
}

/// `inflateInit2`, which zlib defines as a macro.
static inline int czlib_inflate_init2(z_stream *_Nonnull stream, int window_bits) {
    return inflateInit2(stream, window_bits);
}

#endif
