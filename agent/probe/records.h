/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the probe hands to user space. No includes: the including file defines u8 … u64, s16 … s64.
 * Widest field first, no holes; agent/src/probe/record/layout.ts is the other side, compared by a test.
 * Times are CLOCK_BOOTTIME nanoseconds; pids and uids are those of the initial namespaces.
 */
#ifndef CORONER_RECORDS_H
#define CORONER_RECORDS_H

/* Changes whenever a layout or a map's meaning changes: pinned maps of another one are not reused. */
#define CORONER_LAYOUT 4

#define COMM_BYTES 16
#define TTY_BYTES 16
#define ANCESTORS 12
#define ARGV_BYTES 1024
#define NAME_BYTES 256
#define PATH_BYTES 256
#define PROC_EXE_BYTES (PATH_BYTES + NAME_BYTES)
/* exe and cgroup (each at most one name beyond PATH_BYTES), then argv. A power of two. */
#define TAIL_BYTES 2048
#define STOP_SLOTS 3
#define OTHER_SLOTS 2
#define SIGNAL_SLOTS (STOP_SLOTS + OTHER_SLOTS)

enum coroner_record_kind {
	CORONER_ACTOR = 1,
	CORONER_DEATH = 2,
	/* A coroner_actor: somebody who may ask for an end, at its exec. */
	CORONER_REQUEST = 3,
};

enum coroner_process_flag {
	PROCESS_ARGV_CUT = 1,
	PROCESS_EXE_CUT = 2,
	PROCESS_CGROUP_CUT = 4,
	/* argv and exe are those of the last exec, not what the process wrote over them later. */
	PROCESS_FROM_EXEC = 8,
	/* The entry came from /proc: its start time has the resolution of a clock tick. */
	PROCESS_SEEDED = 16,
	/* Of an entry of `procs`: by its name it may ask others to end something. */
	PROCESS_MAY_ASK = 32,
};

enum coroner_signal_flag {
	SIGNAL_GROUP = 1,
	SIGNAL_SELF = 2,
	SIGNAL_SENDER_EXITING = 4,
	SIGNAL_SENDER_KTHREAD = 8,
	/* The running task is arbitrary (a timer's interrupt): nobody was recorded. */
	SIGNAL_NOBODY = 16,
	/* The running task handed the siginfo over in a system call: it is the sender whatever the code says. */
	SIGNAL_QUEUED = 32,
	/* The running task traces the target, and is in ptrace(2). */
	SIGNAL_TRACER = 64,
	/* Of a timer's or limit's signal: such a timer had just run out, or such limits were looked at. */
	SIGNAL_TIMED = 128,
};

/* The last exec of a process that is known, against the number that it died with. */
enum coroner_exec_state {
	EXEC_UNKNOWN = 0,
	EXEC_SUCCEEDED = 1,
	/* One more began, and went beyond the point of no return. */
	EXEC_FAILED = 2,
};

enum coroner_exit_call {
	EXIT_CALL_UNKNOWN = 0,
	EXIT_CALL_GROUP = 1,
	EXIT_CALL_THREAD = 2,
	/* Of a task in seccomp's strict mode, which SIGKILL ends without a signal. */
	EXIT_CALL_STRICT = 3,
};

struct coroner_key {
	u64 start_ns;
	u32 tgid;
	u32 uid;
	u32 exec_id;
	u32 zero;
};

struct coroner_victim_key {
	u64 start_ns;
	u32 tgid;
	u32 zero;
};

struct coroner_ancestor {
	u64 start_ns;
	u32 tgid;
	u32 uid;
	char comm[COMM_BYTES];
};

struct coroner_head {
	u64 at_ns;
	u32 kind;
	/* Of an entry of `actors`: it was handed over through the ring. */
	u32 emitted;
};

struct coroner_process {
	struct coroner_key key;
	u32 euid;
	u32 gid;
	u32 loginuid;
	u32 sessionid;
	u32 pgid;
	u32 sid;
	u32 pidns;
	u32 inner_pid;
	/* True length of argv, whatever was read of it. */
	u32 argv_total;
	u16 exe_len;
	u16 cgroup_len;
	u16 argv_len;
	u8 flags;
	u8 ancestor_count;
	u32 zero;
	char comm[COMM_BYTES];
	char tty[TTY_BYTES];
	struct coroner_ancestor ancestors[ANCESTORS];
};

/* tail: exe_len bytes of names, leaf first, each ended by NUL; cgroup_len bytes likewise; argv_len bytes. */
struct coroner_actor {
	struct coroner_head head;
	struct coroner_process process;
	char tail[TAIL_BYTES];
};

struct coroner_signal {
	struct coroner_key sender;
	u64 first_ns;
	u64 last_ns;
	/* Of the last that was not merged into one that was pending; 0 = all were. */
	u64 delivered_ns;
	u64 address;
	u32 count;
	s32 code;
	u8 signal;
	u8 info; /* 0 none, 1 kernel, 2 a siginfo */
	u8 flags;
	u8 result;
	u32 zero;
};

struct coroner_pending {
	struct coroner_signal slots[SIGNAL_SLOTS];
	/* Requests to stop that later ones overwrote, none older than the policy's patience: how many, the newest. */
	u64 lost_ns;
	/* Of the last SIGXCPU or SIGKILL of the kernel to itself: ticks without sleep, and RLIMIT_RTTIME. */
	u64 rt_limit_us;
	u32 rt_ticks;
	u32 lost;
	u32 threads;
	/* A signal that was delivered has no slot any more. */
	u32 overwritten;
};

struct coroner_death {
	struct coroner_head head;
	struct coroner_process process;
	struct coroner_signal slots[SIGNAL_SLOTS];
	u64 maxrss_pages;
	/* On processors, of all its threads; and its hard RLIMIT_CPU in seconds, ~0 = none. */
	u64 cpu_ns;
	u64 cpu_limit_s;
	/* As in coroner_pending. */
	u64 rt_limit_us;
	s32 exit_code;
	/* Signal records that may have mattered and are not here. */
	u32 lost;
	u32 threads;
	u32 rt_ticks;
	s16 oom_score_adj;
	u8 oom_marked;
	u8 exit_call;
	u8 exec;
	/* Its tracer may have put a signal in, which nobody else sees. */
	u8 traced;
	u16 zero;
	char tail[TAIL_BYTES];
};

struct coroner_proc {
	u64 start_ns;
	u32 exec_id;
	u32 argv_total;
	u16 argv_len;
	u16 exe_len;
	u8 flags;
	/* A recorded actor descends from it: kept beyond its end. */
	u8 wanted;
	u16 zero;
	char argv[ARGV_BYTES];
	char exe[PROC_EXE_BYTES];
};

/* A signal that came to nothing; the sender is zero unless the siginfo names it. */
struct coroner_miss_key {
	u64 sender_start_ns;
	u64 target_start_ns;
	u32 sender;
	u32 target;
	u32 uid;
	u8 signal;
	u8 result;
	u16 zero;
};

struct coroner_miss {
	u64 count;
	char sender_comm[COMM_BYTES];
	char target_comm[COMM_BYTES];
};

/*
 * How full `pending` is, which forgets silently what was used longest ago when it is full: from then
 * on an end without an entry may have had one.
 */
struct coroner_room {
	/* Entries made, less those that went with their process. */
	s64 occupied;
	/* Signals for which no entry could be made. */
	u64 refused;
	/* When there was last no room; 0 = never. */
	u64 crowded_ns;
};

/* Written by user space. */
struct coroner_capacity {
	/* How many entries there may be before any is forgotten. */
	s64 limit;
	/* What was told of those that were, and of `refused`. */
	s64 displaced;
	u64 refused;
};

/* One a CPU; summed up to what was reported in the map `reported`, which user space writes. */
struct coroner_counters {
	u64 exits;
	u64 near_misses;
	u64 folded;
	u64 evicted;
	u64 deaths;
	u64 lost;
	/* Of the last burst of losses. */
	u64 lost_first_ns;
	u64 lost_last_ns;
	/* Only in `reported`: when that was. */
	u64 told_ns;
};

/* Read-only data that the loader fills. */
struct coroner_policy {
	/* Normal exits of processes younger than this are counted, not shipped. */
	u64 short_lived_ns;
	/* While the map `active` says another, this object records nothing. */
	u64 generation;
	/* Signals that are not looked at, 1 << number each. */
	u64 noise;
	/* A process that caught a request to stop and ends later than this ends by itself. */
	u64 patience_ns;
	/* Ship every end: user space then picks those of the watched names. */
	u32 ship_all_ends;
	/* Inode of the pid namespace whose processes are watched; 0 = all. */
	u32 scope_pidns;
	/* Count signal 0, which only asks. */
	u32 count_questions;
	u32 zero;
};

_Static_assert(sizeof(struct coroner_policy) == 48, "coroner_policy");
_Static_assert(sizeof(struct coroner_key) == 24, "coroner_key");
_Static_assert(sizeof(struct coroner_ancestor) == 32, "coroner_ancestor");
_Static_assert(sizeof(struct coroner_process) == 488, "coroner_process");
_Static_assert(sizeof(struct coroner_actor) == 504 + TAIL_BYTES, "coroner_actor");
_Static_assert(sizeof(struct coroner_signal) == 72, "coroner_signal");
_Static_assert(sizeof(struct coroner_pending) == 392, "coroner_pending");
_Static_assert(sizeof(struct coroner_death) == 920 + TAIL_BYTES, "coroner_death");
_Static_assert(sizeof(struct coroner_proc) == 24 + ARGV_BYTES + PROC_EXE_BYTES, "coroner_proc");
_Static_assert(sizeof(struct coroner_miss_key) == 32, "coroner_miss_key");
_Static_assert(sizeof(struct coroner_miss) == 40, "coroner_miss");
_Static_assert(sizeof(struct coroner_room) == 24, "coroner_room");
_Static_assert(sizeof(struct coroner_capacity) == 24, "coroner_capacity");
_Static_assert(sizeof(struct coroner_counters) == 72, "coroner_counters");

#endif
