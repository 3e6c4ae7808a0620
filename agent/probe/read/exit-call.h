/* SPDX-License-Identifier: GPL-2.0 */
/* Which system call ended the last thread: exit_group(2) for the whole process, or exit(2) for itself. */
#ifndef CORONER_READ_EXIT_CALL_H
#define CORONER_READ_EXIT_CALL_H

#define SECCOMP_MODE_STRICT 1
/* From 5.17: set just before; a filter's victims have it too, but they die of SIGSYS. */
#define SECCOMP_MODE_DEAD 3

static __always_inline u8 x86_exit_call(s32 number)
{
	/* 64-bit, then the 32-bit table. */
	if (number == 231 || number == 252)
		return EXIT_CALL_GROUP;
	return number == 60 || number == 1 ? EXIT_CALL_THREAD : EXIT_CALL_UNKNOWN;
}

static __always_inline u8 arm64_exit_call(s32 number)
{
	if (number == 94 || number == 248)
		return EXIT_CALL_GROUP;
	return number == 93 || number == 1 ? EXIT_CALL_THREAD : EXIT_CALL_UNKNOWN;
}

/*
 * Of `current`, which is in do_exit(). A thread that was taken along by another's exit_group(2) is in
 * any other call: unknown, as on kernels without the helpers.
 */
static __always_inline u8 read_exit_call(void)
{
	u64 regs = current_regs();

	if (!regs)
		return EXIT_CALL_UNKNOWN;
	if (is_arm64())
		return arm64_exit_call(call_number(regs));
	return x86_exit_call(call_number(regs));
}

/* __secure_computing_strict() calls do_exit(SIGKILL): no signal is generated. */
static __always_inline u8 read_strict_mode(struct task_struct *task)
{
	struct task_struct___seccomp *sandboxed = (struct task_struct___seccomp *)task;
	int mode;

	if (!bpf_core_field_exists(sandboxed->seccomp))
		return EXIT_CALL_UNKNOWN;
	mode = BPF_CORE_READ(sandboxed, seccomp.mode);
	if (mode == SECCOMP_MODE_STRICT || mode == SECCOMP_MODE_DEAD)
		return EXIT_CALL_STRICT;
	return EXIT_CALL_UNKNOWN;
}

#endif
