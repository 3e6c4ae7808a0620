/* SPDX-License-Identifier: GPL-2.0 */
/* Keeps, for each process, the last signals that could end it and the task that ran at that moment. */
#ifndef CORONER_HOOKS_SIGNAL_H
#define CORONER_HOOKS_SIGNAL_H

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

/* One more process has an entry, or could not be given one. */
static __always_inline void take_room(bool made, u64 now)
{
	u32 zero = 0;
	struct coroner_room *all = bpf_map_lookup_elem(&room, &zero);
	struct coroner_capacity *known = bpf_map_lookup_elem(&capacity, &zero);

	if (!all || !known)
		return;
	if (made)
		__sync_fetch_and_add(&all->occupied, 1);
	else
		__sync_fetch_and_add(&all->refused, 1);
	if (!made || all->occupied - known->displaced > known->limit)
		all->crowded_ns = now;
}

/* 0 also for one whose end was seen: a zombie takes signals that change nothing. */
static __always_inline struct coroner_pending *pending_of(const struct coroner_victim_key *victim,
							  u64 now)
{
	struct coroner_pending *entry = bpf_map_lookup_elem(&pending, victim);
	u32 zero = 0;

	if (entry)
		return entry;
	if (bpf_map_lookup_elem(&ended, victim))
		return 0;
	entry = bpf_map_lookup_elem(&blank, &zero);
	if (entry)
		take_room(!bpf_map_update_elem(&pending, victim, entry, BPF_NOEXIST), now);
	return bpf_map_lookup_elem(&pending, victim);
}

/* For a limit of real-time processing: what the kernel compared, in the thread that it ends. */
static __always_inline void read_real_time(struct coroner_pending *entry, u32 number)
{
	struct task_struct *task = (struct task_struct *)bpf_get_current_task();

	entry->rt_ticks = (u32)BPF_CORE_READ(task, rt.timeout);
	entry->rt_limit_us = number == SIGKILL
				     ? BPF_CORE_READ(task, signal, rlim[RLIMIT_RTTIME].rlim_max)
				     : BPF_CORE_READ(task, signal, rlim[RLIMIT_RTTIME].rlim_cur);
}

/*
 * TP_PROTO(int sig, struct kernel_siginfo *info, struct task_struct *task, int group, int result).
 * The siginfo may be 0 or 1, which a typed pointer may not: it is read as a number.
 */
SEC("tp_btf/signal_generate")
int on_signal(u64 *ctx)
{
	u32 number = (u32)ctx[0];
	struct task_struct *target = (struct task_struct *)ctx[2];
	u32 result = (u32)ctx[4];
	const struct kernel_siginfo *info = 0;
	struct coroner_signal signal = {};
	struct coroner_victim_key victim = {};
	struct coroner_pending *entry;
	u32 threads;

	if (is_noise(number) || !is_active() || !in_scope(target))
		return 0;
	victim.tgid = target->tgid;
	victim.start_ns = target->group_leader->start_boottime;
	bpf_probe_read_kernel(&info, sizeof(info), &ctx[1]);
	read_signal(&signal, number, info);
	if ((int)ctx[3])
		signal.flags |= SIGNAL_GROUP;
	read_sender(&signal, &victim);
	if (result == SIGNAL_RESULT_IGNORED || result == SIGNAL_RESULT_OVERFLOW) {
		count_miss(&signal, &victim, target, result);
		return 0;
	}
	read_origin(&signal, target);
	read_sender_state(&signal);
	signal.first_ns = signal.last_ns = bpf_ktime_get_boot_ns();
	signal.result = result;
	if (result != SIGNAL_RESULT_PENDING) {
		signal.result = SIGNAL_RESULT_DELIVERED;
		signal.delivered_ns = signal.first_ns;
	}
	entry = pending_of(&victim, signal.first_ns);
	if (!entry)
		return 0;
	if (signal.info == INFO_KERNEL && (signal.flags & SIGNAL_SELF) &&
	    (number == SIGKILL || number == SIGXCPU))
		read_real_time(entry, number);
	if (!keep_signal(entry, &signal))
		return 0;
	threads = BPF_CORE_READ(target, signal, nr_threads);
	if (threads > entry->threads)
		entry->threads = threads;
	if (!(signal.flags & (SIGNAL_SELF | SIGNAL_NOBODY)))
		remember_actor(&signal.sender, (struct task_struct *)bpf_get_current_task(),
			       signal.first_ns);
	return 0;
}

#endif
