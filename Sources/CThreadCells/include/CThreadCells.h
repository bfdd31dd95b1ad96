// CThreadCells: memory cells with one writer each, found through thread-local storage.
//
// A *cell* is a range of 64-bit words at a process-wide *offset*. The words exist once in each
// *block*. A recording thread owns a block and is its only writer, so that recording needs no
// locked instruction. One more block is shared by all threads that own none, and is written
// atomically. A reader visits the cell in every block and adds up what it finds.
//
// The caller decides what the words mean. All accesses are relaxed atomics unless a function says
// otherwise. Words start at zero. After the first touch of a page by a thread, nothing here
// allocates memory, locks or makes a system call, and nothing here ever aborts.
//
// A block is divided into pages, which are allocated when they are first touched, so that a thread
// pays only for the cells that it writes. When a thread ends, its block is passed on to the next
// thread that needs one. Values stay in place, totals stay exact, and the number of blocks is
// limited.

#ifndef CTHREADCELLS_H
#define CTHREADCELLS_H

#include <stddef.h>
#include <stdint.h>

#if defined(__cplusplus)
extern "C" {
#endif

#pragma clang assume_nonnull begin

/// The words in a page. A cell never crosses the end of a page, so this is also the largest cell.
#define TCELLS_PAGE_WORDS 512u
/// The pages in a block, with room for 33 million words.
#define TCELLS_MAX_PAGES 65536u
/// The most blocks that threads may own. The actual limit is this or 4 × cores, whichever is
/// smaller.
#define TCELLS_MAX_BLOCKS 256u
/// The number of locks of the first touch. The thread sanitizer supports at most 64 held at once.
#define TCELLS_TOUCH_LOCKS 32u
/// The result of `tcells_allocate` if there is no room or no memory.
#define TCELLS_NONE UINT32_MAX

/// The words of one thread, as a table of pages. An entry is null until the page is first touched.
typedef struct tcells_block {
    uint64_t *_Nullable pages[TCELLS_MAX_PAGES];
    /// Odd while the owner reads a structure that others change, between `enter` and `leave`.
    uint64_t reading;
} tcells_block;

/// What threads were reading when something was removed from a structure.
typedef struct tcells_grace {
    uint32_t count;
    uint64_t reading[TCELLS_MAX_BLOCKS];
} tcells_grace;

/// The block of the calling thread. Until the thread has claimed one, it is `tcells_no_block`.
extern _Thread_local tcells_block *tcells_current __attribute__((tls_model("initial-exec")));

/// An always empty block, for threads that own none.
extern tcells_block tcells_no_block;

/// Whether a block belongs to a thread.
static inline _Bool tcells_is_owned(const tcells_block *block) {
    return block != &tcells_no_block;
}

/// Whether the calling thread has a block of its own.
static inline _Bool tcells_has_block(void) { return tcells_is_owned(tcells_current); }

/// Reserves a cell of `words` words, all zero. Returns its offset, or `TCELLS_NONE`.
uint32_t tcells_allocate(uint32_t words);

/// Frees a cell. The caller guarantees that no thread writes to it any more.
void tcells_free(uint32_t offset, uint32_t words);

/// The slow path of `tcells_private`: claims a block and a page for the calling thread. Null if the
/// thread has to use the shared block.
uint64_t *_Nullable tcells_claim(uint32_t offset);

/// The cell in the shared block. Null only if there is no memory.
uint64_t *_Nullable tcells_shared(uint32_t offset);

/// The shared block for threads that own none, and the blocks that threads own or have owned.
/// Entries below the count never change. Read them through the functions below.
extern tcells_block tcells_shared_block;
extern tcells_block *_Nonnull tcells_blocks[TCELLS_MAX_BLOCKS];
extern uint32_t tcells_owned_blocks;

/// The number of blocks that a reader has to visit, including the shared one.
static inline uint32_t tcells_block_count(void) {
    return 1 + __atomic_load_n(&tcells_owned_blocks, __ATOMIC_ACQUIRE);
}

/// The cell in block `index`, which is below `tcells_block_count()`. Null if it was never touched
/// there. Acquires what the creator of the page released.
static inline uint64_t *_Nullable tcells_cell_in_block(uint32_t index, uint32_t offset) {
    tcells_block *block = index == 0 ? &tcells_shared_block : tcells_blocks[index - 1];
    uint64_t *page = __atomic_load_n(
        &block->pages[offset / TCELLS_PAGE_WORDS], __ATOMIC_ACQUIRE);
    return page == NULL ? NULL : page + offset % TCELLS_PAGE_WORDS;
}

/// Begins to load memory that will soon be read, without waiting. The address need not be valid. A
/// reader of many scattered cells would otherwise wait for memory at each one.
static inline void tcells_prefetch(const void *_Nullable address) {
    __builtin_prefetch(address);
}

/// Begins to load the words of a cell in all blocks.
static inline void tcells_prefetch_cell(uint32_t offset, uint32_t words) {
    uint32_t count = tcells_block_count();
    for (uint32_t i = 0; i < count; i += 1) {
        uint64_t *cell = tcells_cell_in_block(i, offset);
        for (uint32_t w = 0; cell != NULL && w < words; w += 8) {
            __builtin_prefetch(&cell[w]);
        }
    }
}

/// Returns the lock of the first touch for the next structure. The locks are assigned in turn.
uint32_t tcells_next_touch_lock(void);

/// Locks a structure that recording changes when it meets something for the first time. The lock is
/// held during fork, so that a child can continue. Cells may be allocated and freed while it is
/// held, but no other lock of the first touch may be taken.
void tcells_touch_lock(uint32_t index);

/// Unlocks what the calling thread has locked.
void tcells_touch_unlock(uint32_t index);

/// Whether reading without a lock is possible, because the kernel has expedited membarrier.
_Bool tcells_has_grace(void);

/// Begins a grace period. Call it after something was removed, so that no thread can find it any
/// more. What threads had found before may be freed once `tcells_grace_is_over`.
void tcells_grace_begin(tcells_grace *grace);

/// Whether every thread that was reading when the grace period began has stopped since.
_Bool tcells_grace_is_over(const tcells_grace *grace);

/// Gives the calling thread, which has none, a block of its own. Returns 0 if no block is
/// available.
_Bool tcells_claim_block(void);

/// Begins to read a structure that others change. Returns 0 if the thread has to use a lock
/// instead, because it has no block and gets none. It costs two plain instructions: the barrier of
/// the grace period replaces the one that is missing here.
static inline _Bool tcells_enter(void) {
    tcells_block *block = tcells_current;
    if (__builtin_expect(!tcells_is_owned(block), 0)) {
        if (!tcells_claim_block()) {
            return 0;
        }
        block = tcells_current;
    }
    __atomic_store_n(&block->reading, block->reading + 1, __ATOMIC_RELAXED);
    __atomic_signal_fence(__ATOMIC_SEQ_CST);
    return 1;
}

/// Ends what `tcells_enter` began, on the same thread.
static inline void tcells_leave(void) {
    tcells_block *block = tcells_current;
    __atomic_store_n(&block->reading, block->reading + 1, __ATOMIC_RELEASE);
}

/// The calling thread's own words of a cell. Null if it has to use the shared block.
static inline uint64_t *_Nullable tcells_private(uint32_t offset) {
    uint64_t *page = __atomic_load_n(
        &tcells_current->pages[offset / TCELLS_PAGE_WORDS], __ATOMIC_RELAXED);
    if (__builtin_expect(page != NULL, 1)) {
        return page + offset % TCELLS_PAGE_WORDS;
    }
    return tcells_claim(offset);
}

static inline uint64_t tcells_load(const uint64_t *word) {
    return __atomic_load_n(word, __ATOMIC_RELAXED);
}

static inline void tcells_store(uint64_t *word, uint64_t value) {
    __atomic_store_n(word, value, __ATOMIC_RELAXED);
}

static inline uint64_t tcells_fetch_add(uint64_t *word, uint64_t amount) {
    return __atomic_fetch_add(word, amount, __ATOMIC_RELAXED);
}

/// Replaces `expected` with `desired`. Returns what was found, which equals `expected` on success.
static inline uint64_t tcells_compare_exchange(
    uint64_t *word, uint64_t expected, uint64_t desired) {
    __atomic_compare_exchange_n(
        word, &expected, desired, 0, __ATOMIC_RELAXED, __ATOMIC_RELAXED);
    return expected;
}

/// Begins a group of stores that a reader must see together. The sequence becomes odd, and the
/// release fence keeps the stores of the group after it. The sequence may already be odd: in a
/// child after fork, if the writing thread no longer exists.
static inline void tcells_write_begin(uint64_t *sequence) {
    uint64_t next = (__atomic_load_n(sequence, __ATOMIC_RELAXED) + 1) | 1;
    __atomic_store_n(sequence, next, __ATOMIC_RELAXED);
    __atomic_thread_fence(__ATOMIC_RELEASE);
}

/// Ends the group. The sequence becomes even, after all stores of the group.
static inline void tcells_write_end(uint64_t *sequence) {
    __atomic_store_n(sequence, __atomic_load_n(sequence, __ATOMIC_RELAXED) + 1, __ATOMIC_RELEASE);
}

/// The sequence before a group is read. It is odd while a writer is inside.
static inline uint64_t tcells_read_begin(const uint64_t *sequence) {
    return __atomic_load_n(sequence, __ATOMIC_ACQUIRE);
}

/// The sequence after a group was read. If it equals the one before, the group was read as a whole.
static inline uint64_t tcells_read_end(const uint64_t *sequence) {
    __atomic_thread_fence(__ATOMIC_ACQUIRE);
    return __atomic_load_n(sequence, __ATOMIC_RELAXED);
}

#pragma clang assume_nonnull end

#if defined(__cplusplus)
}
#endif

#endif
