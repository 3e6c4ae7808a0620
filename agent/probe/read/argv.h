/* SPDX-License-Identifier: GPL-2.0 */
#ifndef CORONER_READ_ARGV_H
#define CORONER_READ_ARGV_H

#define PAGE_MASK 4095

/*
 * The command line in the memory of `current`. Returns the bytes read (at most ARGV_BYTES), *total
 * the true length. A page that is not in memory ends the reading: nothing may sleep here.
 */
static __noinline u32 read_argv(char *to, struct mm_struct *mm, u32 *total)
{
	u64 start = BPF_CORE_READ(mm, arg_start);
	u64 end = BPF_CORE_READ(mm, arg_end);
	u64 size = end - start;

	if (!mm || end <= start)
		return 0;
	*total = size > 0xffffffffULL ? 0xffffffffU : (u32)size;
	if (size > ARGV_BYTES)
		size = ARGV_BYTES;
	if (!bpf_probe_read_user(to, (u32)size, (void *)start))
		return (u32)size;
	size = PAGE_MASK + 1 - (start & PAGE_MASK);
	if (size > ARGV_BYTES)
		size = ARGV_BYTES;
	if (!bpf_probe_read_user(to, (u32)size, (void *)start))
		return (u32)size;
	return 0;
}

#endif
