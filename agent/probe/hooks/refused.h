/* SPDX-License-Identifier: GPL-2.0 */
/* Calls that never become a signal: those that the kernel refuses, and signal 0 where policy wants it. */
#ifndef CORONER_HOOKS_REFUSED_H
#define CORONER_HOOKS_REFUSED_H

#define EPERM 1
#define EACCES 13

/*
 * static int check_kill_permission(int sig, struct kernel_siginfo *info, struct task_struct *t).
 * For each target of each call. A kernel that lacks it loads the probe without this program.
 */
SEC("fexit/check_kill_permission")
int on_refused(u64 *ctx)
{
	s32 error = (s32)ctx[3];
	u32 number = (u32)ctx[0];
	struct task_struct *target;
	struct coroner_victim_key victim = {};
	struct coroner_signal signal = {};

	if (number == 0) {
		if (!policy.count_questions)
			return 0;
	} else if (error != -EPERM && error != -EACCES) {
		return 0;
	}
	if (is_noise(number) || !is_active())
		return 0;
	target = (struct task_struct *)ctx[2];
	if (!in_scope(target))
		return 0;
	victim.tgid = target->tgid;
	victim.start_ns = target->group_leader->start_boottime;
	signal.signal = number;
	signal.info = INFO_SIGINFO;
	read_sender(&signal, &victim);
	count_miss(&signal, &victim, target, error ? SIGNAL_RESULT_REFUSED : SIGNAL_RESULT_ASKED);
	return 0;
}

#endif
