/* SPDX-License-Identifier: GPL-2.0 */
#ifndef CORONER_MAPS_H
#define CORONER_MAPS_H

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 1 << 20);
} ring SEC(".maps");

/* The last signals that could end a process, with who sent them. */
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 8192);
	__type(key, struct coroner_victim_key);
	__type(value, struct coroner_pending);
} pending SEC(".maps");

/* Tasks that ran when such a signal was made, as they were then. */
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 2048);
	__type(key, struct coroner_key);
	__type(value, struct coroner_actor);
} actors SEC(".maps");

/* Command line and executable of each process, read at exec. */
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 4096);
	__type(key, u32);
	__type(value, struct coroner_proc);
} procs SEC(".maps");

/* Thread groups whose end was seen: before 6.16 the last two threads may both look like the last. */
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 4096);
	__type(key, struct coroner_victim_key);
	__type(value, u64);
} ended SEC(".maps");

/* Signals that came to nothing since user space last emptied it; `counters` has their total. */
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 1024);
	__type(key, struct coroner_miss_key);
	__type(value, struct coroner_miss);
} misses SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, u32);
	__type(value, struct coroner_room);
} room SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, u32);
	__type(value, struct coroner_capacity);
} capacity SEC(".maps");

/* Which generation records: while one replaces another both are attached. Of all layouts the same map. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, u32);
	__type(value, u64);
} active SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, u32);
	__type(value, struct coroner_counters);
} counters SEC(".maps");

/* What user space has told of `counters`; pinned with them, so that the next agent goes on from there. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, u32);
	__type(value, struct coroner_counters);
} reported SEC(".maps");

/* Never written: what a new `pending` entry starts as. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, u32);
	__type(value, struct coroner_pending);
} blank SEC(".maps");

/*
 * Scratch, one a CPU and hook: an interrupt may generate a signal in the midst of an exit or exec.
 * The slack lets a name be written at any offset below TAIL_BYTES.
 */
struct actor_scratch {
	struct coroner_actor actor;
	char slack[ARGV_BYTES];
	struct cursor cursor;
};

struct death_scratch {
	struct coroner_death death;
	char slack[ARGV_BYTES];
	struct cursor cursor;
};

struct proc_scratch {
	struct coroner_proc proc;
	char slack[NAME_BYTES];
	struct cursor cursor;
};

#define SCRATCH(name, value_type)                                                                  \
	struct {                                                                                   \
		__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);                                           \
		__uint(max_entries, 1);                                                            \
		__type(key, u32);                                                                  \
		__type(value, value_type);                                                         \
	} name SEC(".maps")

SCRATCH(signal_scratch, struct actor_scratch);
SCRATCH(exit_scratch, struct death_scratch);
SCRATCH(exec_scratch, struct proc_scratch);
SCRATCH(request_scratch, struct actor_scratch);

/* Processes that ended lately: their `procs` entries go when the place is used again. */
#define GRAVES 128

struct graveyard {
	struct coroner_victim_key graves[GRAVES];
	u32 next;
	u32 zero;
};

SCRATCH(graveyard, struct graveyard);

static __always_inline struct coroner_counters *counters_here(void)
{
	u32 zero = 0;
	return bpf_map_lookup_elem(&counters, &zero);
}

static __always_inline bool is_active(void)
{
	u32 zero = 0;
	u64 *generation = bpf_map_lookup_elem(&active, &zero);

	return generation && *generation == policy.generation;
}

#define COUNT(field)                                                                               \
	do {                                                                                       \
		struct coroner_counters *here = counters_here();                                   \
		if (here)                                                                          \
			here->field++;                                                             \
	} while (0)

#define NS_PER_US 1000

static __always_inline void count_loss(u64 now)
{
	struct coroner_counters *here = counters_here(), *told;
	u32 zero = 0;

	if (!here)
		return;
	/* The span goes on until it was told; what is told has whole microseconds. */
	told = bpf_map_lookup_elem(&reported, &zero);
	if (!here->lost_first_ns ||
	    (told && here->lost_last_ns / NS_PER_US <= told->lost_last_ns / NS_PER_US))
		here->lost_first_ns = now;
	here->lost_last_ns = now;
	here->lost++;
}

#endif
