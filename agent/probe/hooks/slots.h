/* SPDX-License-Identifier: GPL-2.0 */
/* The last signals of a process: which is kept where, and what has to go. The target's siglock is held. */
#ifndef CORONER_HOOKS_SLOTS_H
#define CORONER_HOOKS_SLOTS_H

static __always_inline bool same_signal(const struct coroner_signal *slot,
					const struct coroner_signal *other)
{
	return slot->signal == other->signal && slot->info == other->info &&
	       slot->flags == other->flags && slot->sender.start_ns == other->sender.start_ns &&
	       slot->sender.tgid == other->sender.tgid && slot->sender.uid == other->sender.uid &&
	       slot->sender.exec_id == other->sender.exec_id;
}

/*
 * The slot for a new signal: an equal one, a free one, or that of its class which was delivered
 * longest ago (never a SIGKILL).
 */
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
		if (!oldest || slot->delivered_ns < oldest->delivered_ns)
			oldest = slot;
	}
	return empty ? empty : oldest;
}

/* One that merges into a signal that is pending already is counted, and does not become the decisive one. */
static __always_inline void fold(struct coroner_signal *slot, const struct coroner_signal *signal)
{
	slot->last_ns = signal->last_ns;
	slot->count++;
	if (signal->delivered_ns) {
		slot->delivered_ns = signal->delivered_ns;
		slot->result = SIGNAL_RESULT_DELIVERED;
	}
	/* A runtime handles faults by the thousand; the one that ended it is the last. */
	if (signal->code > 0) {
		slot->code = signal->code;
		slot->address = signal->address;
	}
	COUNT(folded);
}

/* A request to stop that was delivered lately could still explain the end. */
static __always_inline void note_lost(struct coroner_pending *entry,
				      const struct coroner_signal *slot, u64 now)
{
	COUNT(evicted);
	if (!slot->delivered_ns)
		return;
	entry->overwritten = 1;
	if (!is_stop(slot->signal))
		return;
	if (now - entry->lost_ns > policy.patience_ns)
		entry->lost = 0;
	entry->lost++;
	if (slot->last_ns > entry->lost_ns)
		entry->lost_ns = slot->last_ns;
}

/* Whether this signal has a slot of its own now. */
static __always_inline bool keep_signal(struct coroner_pending *entry,
					const struct coroner_signal *signal)
{
	struct coroner_signal *slot = slot_for(entry, signal);

	if (!slot)
		return 0;
	if (slot->signal && same_signal(slot, signal)) {
		fold(slot, signal);
		return 0;
	}
	if (slot->signal) {
		/* It merged into one that is pending already, and tells nothing new. */
		if (!signal->delivered_ns) {
			COUNT(folded);
			return 0;
		}
		note_lost(entry, slot, signal->last_ns);
	}
	*slot = *signal;
	return 1;
}

/*
 * Signals that could have ended it and are missing: overwritten, displaced, or never recorded.
 * `number` is the one that killed it, or the one that its exit code names.
 */
static __always_inline u32 lost_signals(const struct coroner_pending *entry,
					const struct coroner_room *room, u32 number, bool killed,
					u64 now)
{
	bool recorded = !number || is_noise(number);
	u32 lost = 0;

	if (!entry)
		return (killed && !recorded) || (room && room->crowded_ns &&
						 now - room->crowded_ns < policy.patience_ns);
	if (entry->lost && now - entry->lost_ns <= policy.patience_ns)
		lost = entry->lost;
	for (u32 i = 0; i < SIGNAL_SLOTS; i++)
		if (entry->slots[i].signal == number && entry->slots[i].delivered_ns)
			recorded = 1;
	if (!recorded && (killed || entry->overwritten))
		lost++;
	return lost;
}

#endif
