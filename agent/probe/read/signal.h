/* SPDX-License-Identifier: GPL-2.0 */
/* A signal as it is generated: what it is, whose it is, and how the kernel came to it. */
#ifndef CORONER_READ_SIGNAL_H
#define CORONER_READ_SIGNAL_H

#define SIGHUP 1
#define SIGINT 2
#define SIGQUIT 3
#define SIGABRT 6
#define SIGKILL 9
#define SIGSEGV 11
#define SIGALRM 14
#define SIGTERM 15
#define SIGXCPU 24
#define SIGVTALRM 26
#define SIGPROF 27
#define LAST_SIGNAL 64

/* How one asks a process to end. */
#define STOP_CLASS                                                                                 \
	(BIT(SIGHUP) | BIT(SIGINT) | BIT(SIGQUIT) | BIT(SIGABRT) | BIT(SIGKILL) | BIT(SIGTERM))
#define TIMERS (BIT(SIGALRM) | BIT(SIGVTALRM) | BIT(SIGPROF))
/* What the kernel sends a process whose processor time is used up, whoever runs. */
#define CPU_TIMERS (BIT(SIGVTALRM) | BIT(SIGPROF) | BIT(SIGXCPU) | BIT(SIGKILL))

#define SI_USER 0
#define SI_QUEUE (-1)
#define SI_TIMER (-2)
#define SI_TKILL (-6)
#define INFO_NONE 0
#define INFO_KERNEL 1
#define INFO_SIGINFO 2

#define RLIMIT_RTTIME 15
/* Of kernel stacks, at least. */
#define STACK_BYTES 16384
/* An interrupt may be late, above all on a virtual machine. */
#define TIMER_LATE_NS 1000000000ULL

static __always_inline bool is_stop(u32 signal)
{
	return signal < LAST_SIGNAL && (STOP_CLASS & BIT(signal));
}

static __always_inline bool is_one_of(u64 set, u32 signal)
{
	return signal < LAST_SIGNAL && (set & BIT(signal));
}

/*
 * rt_sigqueueinfo(2) and its like let a process forge any negative si_code but SI_TKILL, and any
 * code to itself. Their siginfo lies on the kernel stack of the caller; that of a timer does not,
 * so an interrupt within such a call is told from it. Unknown before 5.15: then only SI_QUEUE is
 * believed, and SI_TIMER where its place gives the lie away.
 */
static __always_inline bool is_queued(const struct kernel_siginfo *info, s32 code)
{
	struct task_struct *task = (struct task_struct *)bpf_get_current_task();
	u64 stack = (u64)BPF_CORE_READ(task, stack);
	u64 above = (u64)info - stack;
	u64 regs = current_regs();

	if (regs)
		return above < regs - stack && is_queue_call(call_number(regs));
	return code == SI_QUEUE || (code == SI_TIMER && above < STACK_BYTES);
}

/* PTRACE_KILL looks as a write to cgroup.kill does; both may come from a tracer. */
static __always_inline bool is_of_tracer(struct task_struct *target)
{
	u64 regs;

	if (!BPF_CORE_READ(target, ptrace) ||
	    BPF_CORE_READ(target, parent) != (struct task_struct *)bpf_get_current_task())
		return 0;
	regs = current_regs();
	return !regs || is_ptrace_call(call_number(regs));
}

/* SIGALRM has its own timer; the others are sent while the kernel looks at a process's limits. */
static __always_inline bool is_timed(struct signal_struct *signal, u32 number)
{
	s64 expires;

	if (number != SIGALRM) {
		if (!bpf_core_field_exists(struct posix_cputimers, expiry_active))
			return 1;
		return BPF_CORE_READ(signal, posix_cputimers.expiry_active) != 0;
	}
	if (!bpf_core_field_exists(struct timerqueue_node, expires) ||
	    !bpf_core_field_exists(struct hrtimer, node))
		return 1;
	expires = BPF_CORE_READ(signal, real_timer.node.expires);
	return expires && (u64)expires + TIMER_LATE_NS > bpf_ktime_get_ns();
}

static __always_inline void read_origin(struct coroner_signal *to, struct task_struct *target)
{
	if (to->info == INFO_NONE && to->signal == SIGKILL && !(to->flags & SIGNAL_GROUP) &&
	    is_of_tracer(target))
		to->flags |= SIGNAL_TRACER;
	if (to->info == INFO_KERNEL && is_one_of(TIMERS | CPU_TIMERS, to->signal) &&
	    is_timed(BPF_CORE_READ(target, signal), to->signal))
		to->flags |= SIGNAL_TIMED;
}

/* Everything but the times, which cost more than the rest. */
static __always_inline void read_signal(struct coroner_signal *to, u32 number,
					const struct kernel_siginfo *info)
{
	to->signal = number;
	to->count = 1;
	if ((u64)info <= INFO_KERNEL) {
		to->info = (u64)info;
		return;
	}
	to->info = INFO_SIGINFO;
	to->code = BPF_CORE_READ(info, si_code);
	if (to->code == SI_USER)
		return;
	if (to->code > 0)
		to->address = (u64)BPF_CORE_READ(info, _sifields._sigfault._addr);
	if (to->code != SI_TKILL && is_queued(info, to->code))
		to->flags |= SIGNAL_QUEUED;
}

/*
 * Whether the running task means nothing: a timer fires in whatever task was interrupted. Where it
 * may be a bystander (input that raises a signal) it is kept: the code tells.
 */
static __always_inline bool names_nobody(const struct coroner_signal *signal)
{
	if (!signal->sender.tgid)
		return 1;
	if (signal->info == INFO_SIGINFO)
		return signal->code == SI_TIMER && !(signal->flags & SIGNAL_QUEUED);
	return signal->info == INFO_KERNEL && is_one_of(TIMERS, signal->signal);
}

static __always_inline void read_sender(struct coroner_signal *to,
					const struct coroner_victim_key *victim)
{
	read_current_key(&to->sender);
	if (names_nobody(to)) {
		__builtin_memset(&to->sender, 0, sizeof(to->sender));
		to->flags |= SIGNAL_NOBODY;
		return;
	}
	if (to->sender.tgid == victim->tgid && to->sender.start_ns == victim->start_ns)
		to->flags |= SIGNAL_SELF;
}

static __always_inline void read_sender_state(struct coroner_signal *to)
{
	u32 flags;

	if (to->flags & SIGNAL_NOBODY)
		return;
	flags = current_flags();
	if (flags & PF_EXITING)
		to->flags |= SIGNAL_SENDER_EXITING;
	if (flags & PF_KTHREAD)
		to->flags |= SIGNAL_SENDER_KTHREAD;
}

#endif
