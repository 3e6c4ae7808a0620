/* SPDX-License-Identifier: GPL-2.0 */
/* Signals that came to nothing, counted by sender, target and signal. */
#ifndef CORONER_HOOKS_MISS_H
#define CORONER_HOOKS_MISS_H

/* Only a siginfo of user space names its sender; one that hits its own process needs none. */
static __always_inline bool has_sender(const struct coroner_signal *signal)
{
	if (signal->flags & SIGNAL_NOBODY)
		return 0;
	if (signal->flags & (SIGNAL_SELF | SIGNAL_QUEUED))
		return 1;
	return signal->info == INFO_SIGINFO &&
	       (signal->code == SI_USER || signal->code == SI_TKILL);
}

static __always_inline void count_miss(const struct coroner_signal *signal,
				       const struct coroner_victim_key *victim,
				       struct task_struct *target, u32 result)
{
	struct coroner_miss_key key = {};
	struct coroner_miss fresh = {};
	struct coroner_miss *entry;

	COUNT(near_misses);
	key.target_start_ns = victim->start_ns;
	key.target = victim->tgid;
	key.signal = signal->signal;
	key.result = result;
	if (has_sender(signal)) {
		key.sender_start_ns = signal->sender.start_ns;
		key.sender = signal->sender.tgid;
		key.uid = signal->sender.uid;
	}
	entry = bpf_map_lookup_elem(&misses, &key);
	if (entry) {
		__sync_fetch_and_add(&entry->count, 1);
		return;
	}
	fresh.count = 1;
	BPF_CORE_READ_STR_INTO(&fresh.target_comm, target, group_leader, comm);
	if (key.sender) {
		struct task_struct *sender = (struct task_struct *)bpf_get_current_task();

		BPF_CORE_READ_STR_INTO(&fresh.sender_comm, sender, group_leader, comm);
	}
	bpf_map_update_elem(&misses, &key, &fresh, BPF_NOEXIST);
}

#endif
