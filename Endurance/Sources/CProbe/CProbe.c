#include "CProbe.h"

#include <errno.h>
#include <stddef.h>

// The endurance package uses the public product only, which does not name its C module; the symbol
// is in the program all the same.
extern uint32_t tcells_owned_blocks;

/// The shared one included.
uint32_t probe_cell_blocks(void) {
    return 1 + __atomic_load_n(&tcells_owned_blocks, __ATOMIC_ACQUIRE);
}

_Bool probe_is_optimized(void) {
#if defined(__OPTIMIZE__)
    return 1;
#else
    return 0;
#endif
}

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define PROBE_HAS_SANITIZER 1
#endif
#endif

void *malloc(size_t size);
void free(void *memory);

/// Written, so that the pair of calls has an effect that counts.
static void *volatile kept;

void probe_allocate_once(void) {
    kept = malloc(40);
    free(kept);
}

#if defined(PROBE_HAS_SANITIZER) || !defined(__linux__)

_Bool probe_counts_allocations(void) { return 0; }

uint64_t probe_allocations(void) { return 0; }

#else

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *memory, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);
extern void __libc_free(void *memory);

static _Thread_local uint64_t allocations __attribute__((tls_model("initial-exec")));

_Bool probe_counts_allocations(void) { return 1; }

uint64_t probe_allocations(void) { return allocations; }

void *malloc(size_t size) {
    allocations += 1;
    return __libc_malloc(size);
}

void *calloc(size_t count, size_t size) {
    allocations += 1;
    return __libc_calloc(count, size);
}

void *realloc(void *memory, size_t size) {
    allocations += 1;
    return __libc_realloc(memory, size);
}

void *memalign(size_t alignment, size_t size) {
    allocations += 1;
    return __libc_memalign(alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size) { return memalign(alignment, size); }

int posix_memalign(void **result, size_t alignment, size_t size) {
    _Bool is_power = alignment != 0 && (alignment & (alignment - 1)) == 0;
    if (!is_power || alignment % sizeof(void *) != 0) {
        return EINVAL;
    }
    void *memory = memalign(alignment, size);
    if (memory == NULL) {
        return ENOMEM;
    }
    *result = memory;
    return 0;
}

void free(void *memory) { __libc_free(memory); }

#endif
