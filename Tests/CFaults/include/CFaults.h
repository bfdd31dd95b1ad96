// Faults of the system that a test cannot bring about from outside. Linked into the tests'
// executable, these functions are called in place of the C library's, by libcurl too.

#ifndef CFAULTS_H
#define CFAULTS_H

// Names below `.test` are resolved so; all others by the C library:
//
//   *.hang.test       not before `cfaults_release`, or a minute
//   *.missing.test    there is no such name
//   *.broken.test     the name server fails
//   *.moving.test     to what `cfaults_move` was told last
//   127-0-0-2.127-0-0-1.v6.addresses.test
//                     to these addresses, in this order; `v6` is `::1`

/// Lets all resolutions that hang end now, and no further one hang.
void cfaults_release(void);

/// How many resolutions hang.
int cfaults_hanging(void);

/// The IPv4 address of `*.moving.test` from now on.
void cfaults_move(const char *_Nonnull address);

#endif
