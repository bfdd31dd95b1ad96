// CThreadCells: memory cells with one writer each, found through thread-local storage.
//
// A *cell* is a run of 64-bit words at a process-wide *offset*. The words exist once per *block*:
// each recording thread owns a block and is its only writer, so that recording needs no locked
// instruction; one more block is shared by all threads that own none and is written atomically.
// A reader visits the cell in every block and adds up what it finds.
//
// What the words mean is the caller's business. All accesses are relaxed atomics unless a function
// says otherwise. Words start at zero. Nothing here allocates, locks or makes a system call after
// the first touch of a page by a thread, and nothing here aborts.
//
// A block is divided into pages that are allocated when first touched, so that a thread pays only
// for the cells that it writes. A thread that ends hands its block over to the next thread that
// needs one: values stay where they are, totals stay exact, and the number of blocks is bounded.

#ifndef CTHREADCELLS_H
#define CTHREADCELLS_H

#include <stddef.h>
#include <stdint.h>

#if defined(__cplusplus)
extern "C" {
#endif

#pragma clang assume_nonnull begin

/// Words in a page. A cell never crosses a page, so it is also the largest cell.
#define TCELLS_PAGE_WORDS 512u
/// Pages in a block: room for 33 million words.
#define TCELLS_MAX_PAGES 65536u
/// Blocks that threads may own; the limit in force is the smaller of this and 4 x cores.
#define TCELLS_MAX_BLOCKS 256u
/// Locks of the first touch; the thread sanitizer follows at most 64 that are held at once.
#define TCELLS_TOUCH_LOCKS 32u
/// What `tcells_allocate` answers when there is no room or no memory.
#define TCELLS_NONE UINT32_MAX

/// One thread's words, as a table of pages; an entry is null until the page is first touched.
typedef struct tcells_block {
    uint64_t *_Nullable pages[TCELLS_MAX_PAGES];
    /// Odd while the owner reads a structure that others change, between `enter` and `leave`.
    uint64_t reading;
} tcells_block;

/// What was being read when something was taken out of a structure.
typedef struct tcells_grace {
    uint32_t count;
    uint64_t reading[TCELLS_MAX_BLOCKS];
} tcells_grace;

/// The block of the calling thread; an always empty one until the thread has claimed its own.
extern _Thread_local tcells_block *tcells_current __attribute__((tls_model("initial-exec")));

/// The block of threads that own none.
extern tcells_block tcells_no_block;

/// Whether a block belongs to a thread.
static inline _Bool tcells_is_owned(const tcells_block *block) {
    return block != &tcells_no_block;
}

/// Whether the calling thread has a block of its own.
static inline _Bool tcells_has_block(void) { return tcells_is_owned(tcells_current); }

/// Reserves a cell of `words` zeroed words and answers its offset, or `TCELLS_NONE`.
uint32_t tcells_allocate(uint32_t words);

/// Gives a cell back. The caller guarantees that no thread writes to it any more.
void tcells_free(uint32_t offset, uint32_t words);

/// The slow path of `tcells_private`: claims a block and a page for the calling thread.
/// Null when the thread has to use the shared block.
uint64_t *_Nullable tcells_claim(uint32_t offset);

/// The cell in the shared block; null only when memory has run out.
uint64_t *_Nullable tcells_shared(uint32_t offset);

/// The block of threads that own none, and those that threads own or owned. Entries below the count
/// never change; read them by the functions that follow.
extern tcells_block tcells_shared_block;
extern tcells_block *_Nonnull tcells_blocks[TCELLS_MAX_BLOCKS];
extern uint32_t tcells_owned_blocks;

/// Number of blocks that a reader has to visit, the shared one included.
static inline uint32_t tcells_block_count(void) {
    return 1 + __atomic_load_n(&tcells_owned_blocks, __ATOMIC_ACQUIRE);
}

/// The cell in block `index` (below `tcells_block_count()`), or null if it was never touched there.
/// Acquires what the page's creator released.
static inline uint64_t *_Nullable tcells_cell_in_block(uint32_t index, uint32_t offset) {
    tcells_block *block = index == 0 ? &tcells_shared_block : tcells_blocks[index - 1];
    uint64_t *page = __atomic_load_n(
        &block->pages[offset / TCELLS_PAGE_WORDS], __ATOMIC_ACQUIRE);
    return page == NULL ? NULL : page + offset % TCELLS_PAGE_WORDS;
}

/// Begins to load what will soon be read at an address, which need not be valid: a reader of many cells
/// that lie apart would wait for memory at each of them.
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

/// Which of the locks of the first touch the next structure shall use; they are given out in turn.
uint32_t tcells_next_touch_lock(void);

/// Locks a structure that recording has to change when it meets something for the first time. Held
/// over fork, so that a child can go on. Cells may be allocated and freed while it is held; another
/// lock of the first touch must not be taken.
void tcells_touch_lock(uint32_t index);

/// Unlocks what the calling thread has locked.
void tcells_touch_unlock(uint32_t index);

/// Whether readers without a lock are possible here: the kernel has expedited membarrier.
_Bool tcells_has_grace(void);

/// Begins a grace period: call it after something has been taken out, so that no thread can find it
/// any more. What threads found before may be freed once `tcells_grace_is_over`.
void tcells_grace_begin(tcells_grace *grace);

/// Whether every thread that was reading when the grace period began has left since.
_Bool tcells_grace_is_over(const tcells_grace *grace);

/// Gives the calling thread, which has none, a block of its own; 0 if there is none for it.
_Bool tcells_claim_block(void);

/// Begins to read a structure that others change; 0 if the thread has to use a lock, because it has
/// no block and gets none. Costs two plain instructions: the grace period's barrier stands for the one that is
/// missing here.
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

/// The calling thread's own words of a cell, or null when it has to use the shared block.
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

/// Replaces `expected` by `desired`; answers what was found, which equals `expected` on success.
static inline uint64_t tcells_compare_exchange(
    uint64_t *word, uint64_t expected, uint64_t desired) {
    __atomic_compare_exchange_n(
        word, &expected, desired, 0, __ATOMIC_RELAXED, __ATOMIC_RELAXED);
    return expected;
}

/// Opens a group of stores that a reader shall see together: the sequence becomes odd, and the
/// release fence keeps the stores that follow behind it. It may be odd already: after a fork, in the
/// child, where the thread that was writing is gone.
static inline void tcells_write_begin(uint64_t *sequence) {
    uint64_t next = (__atomic_load_n(sequence, __ATOMIC_RELAXED) + 1) | 1;
    __atomic_store_n(sequence, next, __ATOMIC_RELAXED);
    __atomic_thread_fence(__ATOMIC_RELEASE);
}

/// Closes the group: the sequence becomes even, behind all stores of the group.
static inline void tcells_write_end(uint64_t *sequence) {
    __atomic_store_n(sequence, __atomic_load_n(sequence, __ATOMIC_RELAXED) + 1, __ATOMIC_RELEASE);
}

/// The sequence before a group is read; odd while a writer is inside.
static inline uint64_t tcells_read_begin(const uint64_t *sequence) {
    return __atomic_load_n(sequence, __ATOMIC_ACQUIRE);
}

/// The sequence after a group was read: equal to the one before if nothing was torn.
static inline uint64_t tcells_read_end(const uint64_t *sequence) {
    __atomic_thread_fence(__ATOMIC_ACQUIRE);
    return __atomic_load_n(sequence, __ATOMIC_RELAXED);
}

#pragma clang assume_nonnull end

#if defined(__cplusplus)
}
#endif

#endif
