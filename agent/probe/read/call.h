/* SPDX-License-Identifier: GPL-2.0 */
/* In which system call `current` is; x86-64 and arm64, of either word size. */
#ifndef CORONER_READ_CALL_H
#define CORONER_READ_CALL_H

#define NO_CALL (-1)
#define X32_BIT 0x40000000

/*
 * Where the registers of user space lie, at the top of the kernel stack; 0 before 5.15. As a number:
 * the verifier does not let a typed pointer be compared with another.
 */
static __always_inline u64 current_regs(void)
{
	long typed;
	u64 regs = 0;

	if (!bpf_core_enum_value_exists(enum bpf_func_id___coroner, BPF_FUNC_task_pt_regs___coroner))
		return 0;
	typed = bpf_task_pt_regs(bpf_get_current_task_btf());
	bpf_probe_read_kernel(&regs, sizeof(regs), &typed);
	return regs;
}

static __always_inline bool is_arm64(void)
{
	return bpf_core_field_exists(struct pt_regs___arm64, syscallno);
}

/* An exception or interrupt of user space has NO_CALL. */
static __always_inline s32 call_number(u64 regs)
{
	if (bpf_core_field_exists(struct pt_regs___x86, orig_ax))
		return (s32)BPF_CORE_READ((struct pt_regs___x86 *)regs, orig_ax);
	if (is_arm64())
		return BPF_CORE_READ((struct pt_regs___arm64 *)regs, syscallno);
	return NO_CALL;
}

/* rt_sigqueueinfo, rt_tgsigqueueinfo, pidfd_send_signal. The tables do not clash where it matters. */
static __always_inline bool is_queue_call(s32 number)
{
	if (number == 424)
		return 1;
	if (is_arm64())
		return number == 138 || number == 240 || number == 178 || number == 363;
	number &= ~X32_BIT;
	return number == 129 || number == 297 || number == 178 || number == 335 || number == 524 ||
	       number == 536;
}

static __always_inline bool is_ptrace_call(s32 number)
{
	if (is_arm64())
		return number == 117 || number == 26;
	number &= ~X32_BIT;
	return number == 101 || number == 26 || number == 521;
}

#endif
