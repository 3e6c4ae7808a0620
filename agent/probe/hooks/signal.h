/* SPDX-License-Identifier: GPL-2.0 */
/* Keeps, for each process, the last signals that could end it and the task that ran at that moment. */
#ifndef CORONER_HOOKS_SIGNAL_H
#define CORONER_HOOKS_SIGNAL_H

#define BIT(n) (1ULL << (n))
#define SIGHUP 1
#define SIGINT 2
#define SIGQUIT 3
#define SIGABRT 6
#define SIGKILL 9
#define SIGALRM 14
#define SIGTERM 15
#define SIGVTALRM 26
#define SIGPROF 27
#define LAST_SIGNAL 64

/* Their default action is to ignore, stop or continue: CHLD CONT STOP TSTP TTIN TTOU URG WINCH. */
#define HARMLESS (BIT(17) | BIT(18) | BIT(19) | BIT(20) | BIT(21) | BIT(22) | BIT(23) | BIT(28))
/* How one asks a process to end. */
#define STOP_CLASS                                                                                 \
	(BIT(SIGHUP) | BIT(SIGINT) | BIT(SIGQUIT) | BIT(SIGABRT) | BIT(SIGKILL) | BIT(SIGTERM))
#define TIMERS (BIT(SIGALRM) | BIT(SIGVTALRM) | BIT(SIGPROF))

#define SI_TIMER (-2)
#define INFO_NONE 0
#define INFO_KERNEL 1
#define INFO_SIGINFO 2

static __always_inline bool is_stop(u32 signal)
{
	return signal < LAST_SIGNAL && (STOP_CLASS & BIT(signal));
}

static __always_inline void remember_actor(const struct coroner_key *key, struct task_struct *task,
					   u64 now)
{
	struct actor_scratch *scratch;
	u32 zero = 0;

	if (bpf_map_lookup_elem(&actors, key))
		return;
	scratch = bpf_map_lookup_elem(&signal_scratch, &zero);
	if (!scratch)
		return;
	__builtin_memset(&scratch->actor.head, 0, sizeof(scratch->actor.head));
	__builtin_memset(&scratch->actor.process, 0, sizeof(scratch->actor.process));
	scratch->actor.head.at_ns = now;
	scratch->actor.head.kind = CORONER_ACTOR;
	read_facts(&scratch->actor.process, task);
	read_ancestors(&scratch->actor.process, task, 1);
	read_tail(&scratch->actor.process, scratch->actor.tail, &scratch->cursor, task);
	bpf_map_update_elem(&actors, key, &scratch->actor, BPF_NOEXIST);
}

static __always_inline bool same_signal(const struct coroner_signal *slot,
					const struct coroner_signal *other)
{
	return slot->signal == other->signal && slot->info == other->info &&
	       slot->sender.start_ns == other->sender.start_ns &&
	       slot->sender.tgid == other->sender.tgid && slot->sender.uid == other->sender.uid &&
	       slot->sender.exec_id == other->sender.exec_id;
}

/* The slot for a new signal: an equal one, a free one, or the oldest of its class (never a SIGKILL). */
static __always_inline struct coroner_signal *slot_for(struct coroner_pending *pending,
						       const struct coroner_signal *signal)
{
	bool stop = is_stop(signal->signal);
	struct coroner_signal *oldest = 0, *empty = 0;

	for (u32 i = 0; i < SIGNAL_SLOTS; i++) {
		struct coroner_signal *slot = &pending->slots[i];

		if ((i < STOP_SLOTS) != stop)
			continue;
		if (!slot->signal) {
			if (!empty)
				empty = slot;
			continue;
		}
		if (same_signal(slot, signal))
			return slot;
		if (slot->signal == SIGKILL)
			continue;
		if (!oldest || slot->last_ns < oldest->last_ns)
			oldest = slot;
	}
	return empty ? empty : oldest;
}

static __always_inline void fold(struct coroner_signal *slot, const struct coroner_signal *signal)
{
	slot->last_ns = signal->last_ns;
	slot->count++;
	/* A runtime handles faults by the thousand; the one that ended it is the last. */
	if (signal->code > 0) {
		slot->code = signal->code;
		slot->address = signal->address;
	}
	COUNT(folded);
}

/* Whether the running task means anything. A timer fires in whatever task was interrupted. */
static __always_inline bool names_nobody(const struct coroner_signal *signal)
{
	if (!signal->sender.tgid)
		return 1;
	if (signal->info == INFO_SIGINFO)
		return signal->code == SI_TIMER;
	return signal->info == INFO_KERNEL && signal->signal < LAST_SIGNAL &&
	       (TIMERS & BIT(signal->signal));
}

static __always_inline void read_signal(struct coroner_signal *to, u32 number,
					const struct kernel_siginfo *info)
{
	to->signal = number;
	to->count = 1;
	to->first_ns = to->last_ns = bpf_ktime_get_boot_ns();
	if ((u64)info <= INFO_KERNEL) {
		to->info = (u64)info;
		return;
	}
	to->info = INFO_SIGINFO;
	to->code = BPF_CORE_READ(info, si_code);
	if (to->code > 0)
		to->address = (u64)BPF_CORE_READ(info, _sifields._sigfault._addr);
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

static __always_inline void read_sender_state(struct coroner_signal *to, struct task_struct *sender)
{
	u32 flags = BPF_CORE_READ(sender, flags);

	if (flags & PF_EXITING)
		to->flags |= SIGNAL_SENDER_EXITING;
	if (flags & PF_KTHREAD)
		to->flags |= SIGNAL_SENDER_KTHREAD;
}

static __always_inline struct coroner_pending *pending_of(const struct coroner_victim_key *victim)
{
	struct coroner_pending *entry = bpf_map_lookup_elem(&pending, victim);
	u32 zero = 0;

	if (entry)
		return entry;
	entry = bpf_map_lookup_elem(&blank, &zero);
	if (entry)
		bpf_map_update_elem(&pending, victim, entry, BPF_NOEXIST);
	return bpf_map_lookup_elem(&pending, victim);
}

#include "miss.h"

/* TP_PROTO(int sig, struct kernel_siginfo *info, struct task_struct *task, int group, int result) */
SEC("raw_tp/signal_generate")
int on_signal(struct bpf_raw_tracepoint_args *ctx)
{
	u32 number = (u32)ctx->args[0];
	struct task_struct *target = (struct task_struct *)ctx->args[2];
	u32 result = (u32)ctx->args[4];
	struct task_struct *sender;
	struct coroner_signal signal = {};
	struct coroner_victim_key victim = {};
	struct coroner_pending *entry;
	struct coroner_signal *slot;
	u32 threads;

	if (number < LAST_SIGNAL && (HARMLESS & BIT(number)))
		return 0;
	if (!in_scope(target))
		return 0;
	victim.tgid = BPF_CORE_READ(target, tgid);
	victim.start_ns = BPF_CORE_READ(target, group_leader, start_boottime);
	read_signal(&signal, number, (const struct kernel_siginfo *)ctx->args[1]);
	if ((int)ctx->args[3])
		signal.flags |= SIGNAL_GROUP;
	read_sender(&signal, &victim);
	if (result == SIGNAL_RESULT_IGNORED || result == SIGNAL_RESULT_OVERFLOW) {
		count_miss(&signal, &victim, target, result);
		return 0;
	}
	signal.result = result == SIGNAL_RESULT_PENDING ? result : SIGNAL_RESULT_DELIVERED;
	/* The target's siglock is held: nobody else writes to this entry. */
	entry = pending_of(&victim);
	if (!entry)
		return 0;
	slot = slot_for(entry, &signal);
	if (!slot)
		return 0;
	if (slot->signal && same_signal(slot, &signal)) {
		fold(slot, &signal);
		return 0;
	}
	if (slot->signal) {
		/* It merged into one that is pending already, and tells nothing new. */
		if (signal.result == SIGNAL_RESULT_PENDING) {
			COUNT(folded);
			return 0;
		}
		entry->evicted++;
		COUNT(evicted);
	}
	sender = (struct task_struct *)bpf_get_current_task();
	if (!(signal.flags & SIGNAL_NOBODY))
		read_sender_state(&signal, sender);
	*slot = signal;
	threads = BPF_CORE_READ(target, signal, nr_threads);
	if (threads > entry->threads)
		entry->threads = threads;
	if (!(signal.flags & (SIGNAL_SELF | SIGNAL_NOBODY)))
		remember_actor(&signal.sender, sender, signal.first_ns);
	return 0;
}

#endif
