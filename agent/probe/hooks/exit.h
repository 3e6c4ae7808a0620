/* SPDX-License-Identifier: GPL-2.0 */
/* When a thread group is gone: one death record, after the actors that it refers to. */
#ifndef CORONER_HOOKS_EXIT_H
#define CORONER_HOOKS_EXIT_H

#define RLIMIT_CPU 0
#define STATUS_SIGNAL 0x7f
/* A process that exits because of signal n likes to say so with code 128 + n. */
#define SIGNAL_EXIT_BASE 128
#define EEXIST 17

static __always_inline bool group_is_dead(struct bpf_raw_tracepoint_args *ctx,
					  struct task_struct *task)
{
	if (bpf_core_field_exists(struct trace_event_raw_sched_process_exit, group_dead))
		return (u8)ctx->args[1];
	return BPF_CORE_READ(task, signal, live.counter) == 0;
}

/* The wait status, as wait4(2) will give it to the parent. */
static __always_inline s32 wait_status(struct task_struct *task)
{
	if (BPF_CORE_READ(task, signal, flags) & SIGNAL_GROUP_EXIT)
		return BPF_CORE_READ(task, signal, group_exit_code);
	return BPF_CORE_READ(task, group_leader, exit_code);
}

static __always_inline void emit_actor(const struct coroner_signal *slot)
{
	struct coroner_actor *actor;
	u32 size;

	if (!slot->signal || (slot->flags & (SIGNAL_SELF | SIGNAL_NOBODY)))
		return;
	actor = bpf_map_lookup_elem(&actors, &slot->sender);
	if (!actor || actor->head.emitted)
		return;
	size = actor->process.exe_len + actor->process.cgroup_len + actor->process.argv_len;
	if (size > TAIL_BYTES)
		size = TAIL_BYTES;
	size += sizeof(*actor) - TAIL_BYTES;
	/* On failure user space finds it in the map. */
	if (!bpf_ringbuf_output(&ring, actor, size, 0))
		actor->head.emitted = 1;
}

/* Lets the `procs` entry of one that ended long ago go: a dying parent may still be a sender. */
static __always_inline void bury(const struct coroner_victim_key *key)
{
	u32 zero = 0, tgid;
	struct graveyard *yard = bpf_map_lookup_elem(&graveyard, &zero);
	struct coroner_victim_key *grave;
	struct coroner_proc *entry;

	if (!yard)
		return;
	grave = &yard->graves[yard->next % GRAVES];
	yard->next++;
	tgid = grave->tgid;
	if (tgid) {
		entry = bpf_map_lookup_elem(&procs, &tgid);
		if (entry && !entry->wanted &&
		    entry->start_ns / NS_PER_TICK == grave->start_ns / NS_PER_TICK)
			bpf_map_delete_elem(&procs, &tgid);
	}
	*grave = *key;
}

static __always_inline bool was_asked_to_stop(const struct coroner_pending *entry)
{
	if (!entry)
		return 0;
	for (u32 i = 0; i < STOP_SLOTS; i++)
		if (entry->slots[i].signal)
			return 1;
	return 0;
}

static __always_inline void give_room_back(void)
{
	u32 zero = 0;
	struct coroner_room *all = bpf_map_lookup_elem(&room, &zero);

	if (all)
		__sync_fetch_and_sub(&all->occupied, 1);
}

/* A forced SIGSEGV beyond the point of no return: the number has grown, and no exec was seen. */
static __always_inline u8 read_exec_state(const struct coroner_key *key)
{
	struct coroner_proc *entry = exec_entry(key);

	if (!entry || (entry->flags & PROCESS_SEEDED))
		return EXEC_UNKNOWN;
	return entry->exec_id == key->exec_id ? EXEC_SUCCEEDED : EXEC_FAILED;
}

/* What the slots do not have and may have mattered; a tracer's signals and strict mode leave no slot. */
static __always_inline u32 read_lost(const struct coroner_death *death,
				     const struct coroner_pending *entry, u64 now)
{
	u32 zero = 0, number = death->exit_code & STATUS_SIGNAL, code = (u32)death->exit_code >> 8;
	bool killed = number != 0;

	if (killed && (death->traced || death->exit_call == EXIT_CALL_STRICT))
		number = 0;
	if (!killed && code > SIGNAL_EXIT_BASE && code <= SIGNAL_EXIT_BASE + LAST_SIGNAL)
		number = code - SIGNAL_EXIT_BASE;
	return lost_signals(entry, bpf_map_lookup_elem(&room, &zero), number, killed, now);
}

static __always_inline void emit_death(struct task_struct *task, struct coroner_pending *entry,
				       s32 status, u64 now)
{
	struct death_scratch *scratch;
	struct coroner_death *death;
	u32 zero = 0, size, threads;

	scratch = bpf_map_lookup_elem(&exit_scratch, &zero);
	if (!scratch)
		return;
	death = &scratch->death;
	__builtin_memset(death, 0, sizeof(*death) - TAIL_BYTES);
	death->head.at_ns = now;
	death->head.kind = CORONER_DEATH;
	death->exit_code = status;
	death->exit_call = status & STATUS_SIGNAL ? read_strict_mode(task) : read_exit_call();
	death->maxrss_pages = BPF_CORE_READ(task, signal, maxrss);
	death->cpu_ns = BPF_CORE_READ(task, signal, sum_sched_runtime) +
			BPF_CORE_READ(task, se.sum_exec_runtime);
	death->cpu_limit_s = BPF_CORE_READ(task, signal, rlim[RLIMIT_CPU].rlim_max);
	death->oom_score_adj = BPF_CORE_READ(task, signal, oom_score_adj);
	/* Set by mark_oom_victim() and never cleared: the same moment as the oom:mark_victim event. */
	death->oom_marked = BPF_CORE_READ(task, signal, oom_mm) != 0;
	death->traced = BPF_CORE_READ(task, ptrace) || BPF_CORE_READ(task, group_leader, ptrace);
	death->lost = read_lost(death, entry, now);
	threads = BPF_CORE_READ(task, signal, nr_threads);
	if (entry) {
		__builtin_memcpy(death->slots, entry->slots, sizeof(death->slots));
		death->rt_ticks = entry->rt_ticks;
		death->rt_limit_us = entry->rt_limit_us;
		if (entry->threads > threads)
			threads = entry->threads;
		for (u32 i = 0; i < SIGNAL_SLOTS; i++)
			emit_actor(&death->slots[i]);
	}
	death->threads = threads;
	read_facts(&death->process, task);
	if ((status & STATUS_SIGNAL) == SIGSEGV)
		death->exec = read_exec_state(&death->process.key);
	read_ancestors(&death->process, task, 0);
	size = read_tail(&death->process, death->tail, &scratch->cursor, task);
	if (size > TAIL_BYTES)
		size = TAIL_BYTES;
	size += sizeof(*death) - TAIL_BYTES;
	if (bpf_ringbuf_output(&ring, death, size, 0))
		count_loss(now);
	else
		COUNT(deaths);
}

/* TP_PROTO(struct task_struct *p) up to 6.15, then TP_PROTO(struct task_struct *p, bool group_dead) */
SEC("raw_tp/sched_process_exit")
int on_exit(struct bpf_raw_tracepoint_args *ctx)
{
	struct task_struct *task = (struct task_struct *)ctx->args[0];
	struct coroner_victim_key victim = {};
	struct coroner_pending *entry;
	u64 now, age;
	s32 status;

	if (!group_is_dead(ctx, task) || !is_active() || !in_scope(task))
		return 0;
	if (BPF_CORE_READ(task, flags) & PF_KTHREAD)
		return 0;
	now = bpf_ktime_get_boot_ns();
	victim.tgid = BPF_CORE_READ(task, tgid);
	victim.start_ns = BPF_CORE_READ(task, group_leader, start_boottime);
	if (bpf_map_update_elem(&ended, &victim, &now, BPF_NOEXIST) == -EEXIST)
		return 0;
	entry = bpf_map_lookup_elem(&pending, &victim);
	status = wait_status(task);
	age = now - victim.start_ns;
	if (policy.ship_all_ends || (status & STATUS_SIGNAL) || age >= policy.short_lived_ns ||
	    was_asked_to_stop(entry) || may_have_asked(&victim))
		emit_death(task, entry, status, now);
	else
		COUNT(exits);
	if (entry && !bpf_map_delete_elem(&pending, &victim))
		give_room_back();
	bury(&victim);
	return 0;
}

#endif
