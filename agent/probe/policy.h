/* SPDX-License-Identifier: GPL-2.0 */
/* What the loader may choose; constants to the verifier, which drops the branches that are off. */
#ifndef CORONER_POLICY_H
#define CORONER_POLICY_H

/* Normal exits of processes younger than this are counted, not shipped. */
const volatile u64 short_lived_ns = 10000000000ULL;
/* Ship every end: user space then picks those of the watched names. */
const volatile u32 ship_all_ends = 0;
/* Inode of the pid namespace whose processes are watched; 0 = all. */
const volatile u32 scope_pidns = 0;

#endif
