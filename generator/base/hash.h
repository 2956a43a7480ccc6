/* Hashes: FNV-1a for tables, SHA-256 for pinned files and document ids, a sum that knows a pinned file again. */
#ifndef BASE_HASH_H
#define BASE_HASH_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

uint32_t hash_bytes(const void *, size_t n, uint32_t seed);

/* Two sums over little-endian words of 32 bits (Fletcher, 1982), the length first, as 32 hexadecimal digits and a NUL: two
   files are told apart for a tenth of what SHA-256 costs, one made on purpose to have the same sum is not. */
void hash_sum_hex(const void *, size_t n, char out[33]);

struct sha256 {
    uint32_t state[8];
    uint64_t length;
    unsigned char block[64];
};

void sha256_begin(struct sha256 *);
void sha256_put(struct sha256 *, const void *, size_t n);
void sha256_end(struct sha256 *, unsigned char out[32]);
/* All at once, as 64 lower-case hexadecimal digits and a NUL. */
void sha256_hex(const void *, size_t n, char out[65]);
/* Whether the processor's own instructions may be used, where it has them (they are at first): for tests. */
void sha256_allow_native(bool);
#endif
