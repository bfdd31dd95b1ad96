// What the machine allows: the bare operations that recording is measured against. Each function
// runs `count` operations and is called from one or several threads at once.

#ifndef CLIMITS_H
#define CLIMITS_H

#include <stdint.h>

/// A relaxed atomic add to one cell that all threads share.
void limit_atomic_add(int64_t count);
/// The same under one pthread mutex.
void limit_mutex_add(int64_t count);
/// A relaxed load and store of a cell of the thread's own.
void limit_thread_slot_add(int64_t count);
/// A histogram of the thread's own: 15 bounds compared without a branch, sum, minimum, maximum.
void limit_thread_histogram(int64_t count);
/// Hash and full compare of three string pairs in a flat table of 1,000 sets, then an atomic add.
void limit_flat_table(int64_t count);

/// Makes `tables` flat tables of 1,000 series each, of three string pairs on the heap and two words
/// of values, and keeps them, so that memory is new each time.
void limit_fill_tables(int64_t tables);

/// Copies 10 metrics of 1,000 numbers and 1,000 histograms of 16 buckets from where 11,000 series lie
/// on the heap into arrays of plain structs, `count` times.
void limit_copy_points(int64_t count);

/// Gives free memory back to the system.
void limit_malloc_trim(void);

#endif
