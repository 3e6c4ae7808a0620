/* SPDX-License-Identifier: GPL-2.0 */
/* A process as it is at this moment. */
#ifndef CORONER_READ_PROCESS_H
#define CORONER_READ_PROCESS_H

#define NS_PER_TICK 10000000ULL
#define TAIL_MASK (TAIL_BYTES - 1)

static __always_inline void read_key(struct coroner_key *key, struct task_struct *task)
{
	struct task_struct *leader = BPF_CORE_READ(task, group_leader);

	key->tgid = BPF_CORE_READ(task, tgid);
	key->start_ns = BPF_CORE_READ(leader, start_boottime);
	key->uid = BPF_CORE_READ(task, cred, uid.val);
	key->exec_id = (u32)BPF_CORE_READ(task, self_exec_id);
	key->zero = 0;
}

static __always_inline bool has_typed_current(void)
{
	return bpf_core_enum_value_exists(enum bpf_func_id___coroner,
					  BPF_FUNC_get_current_task_btf___coroner);
}

/* The same of `current`, by plain loads where the kernel has a typed pointer to it. */
static __always_inline void read_current_key(struct coroner_key *key)
{
	key->zero = 0;
	if (has_typed_current()) {
		struct task_struct *task = bpf_get_current_task_btf();

		key->tgid = task->tgid;
		key->start_ns = task->group_leader->start_boottime;
		key->uid = task->cred->uid.val;
		key->exec_id = (u32)task->self_exec_id;
	} else {
		read_key(key, (struct task_struct *)bpf_get_current_task());
	}
}

static __always_inline u32 current_flags(void)
{
	if (has_typed_current()) {
		struct task_struct *task = bpf_get_current_task_btf();

		return task->flags;
	}
	return BPF_CORE_READ((struct task_struct *)bpf_get_current_task(), flags);
}

/* The upid of a pid in the namespace that it was made in. */
static __always_inline void *innermost(struct pid *pid)
{
	return (char *)pid + bpf_core_field_offset(struct pid, numbers) +
	       (u64)BPF_CORE_READ(pid, level) * bpf_core_type_size(struct upid);
}

static __always_inline u32 pid_number(struct signal_struct *signal, u32 type)
{
	return BPF_CORE_READ(signal, pids[type], numbers[0].nr);
}

static __always_inline struct coroner_proc *exec_entry(const struct coroner_key *key)
{
	u32 tgid = key->tgid;
	struct coroner_proc *entry = bpf_map_lookup_elem(&procs, &tgid);

	if (!entry)
		return 0;
	if (entry->flags & PROCESS_SEEDED)
		return entry->start_ns / NS_PER_TICK == key->start_ns / NS_PER_TICK ? entry : 0;
	return entry->start_ns == key->start_ns ? entry : 0;
}

/*
 * What a fork that never called exec still shares with its parent. For ends before 6.16, where the
 * memory is gone already. The name tells a parent from the init that took an orphan over.
 */
static __always_inline struct coroner_proc *parent_entry(const struct coroner_process *of,
							 struct task_struct *task)
{
	struct task_struct *parent = BPF_CORE_READ(task, real_parent, group_leader);
	struct coroner_key key = {};
	char comm[COMM_BYTES];

	if (!(BPF_CORE_READ(task, flags) & PF_FORKNOEXEC))
		return 0;
	if ((u32)BPF_CORE_READ(task, parent_exec_id) != (u32)BPF_CORE_READ(parent, self_exec_id))
		return 0;
	BPF_CORE_READ_INTO(&comm, parent, comm);
	for (int i = 0; i < COMM_BYTES && of->comm[i]; i++)
		if (comm[i] != of->comm[i])
			return 0;
	read_key(&key, parent);
	return exec_entry(&key);
}

static __noinline void read_ancestors(struct coroner_process *to, struct task_struct *task, bool want)
{
	struct task_struct *at = BPF_CORE_READ(task, real_parent, group_leader);

	for (u32 i = 0; i < ANCESTORS; i++) {
		struct coroner_ancestor *ancestor = &to->ancestors[i];
		u32 tgid = BPF_CORE_READ(at, tgid);

		if (!at || !tgid)
			return;
		ancestor->tgid = tgid;
		ancestor->start_ns = BPF_CORE_READ(at, start_boottime);
		ancestor->uid = BPF_CORE_READ(at, cred, uid.val);
		BPF_CORE_READ_STR_INTO(&ancestor->comm, at, comm);
		to->ancestor_count = i + 1;
		if (want) {
			struct coroner_proc *entry = bpf_map_lookup_elem(&procs, &tgid);

			if (entry && !entry->wanted)
				entry->wanted = 1;
		}
		at = BPF_CORE_READ(at, real_parent, group_leader);
	}
}

/* Everything of fixed size. `to` is zeroed before. */
static __always_inline void read_facts(struct coroner_process *to, struct task_struct *task)
{
	struct task_struct *leader = BPF_CORE_READ(task, group_leader);
	struct signal_struct *signal = BPF_CORE_READ(task, signal);
	struct pid *pid = BPF_CORE_READ(leader, thread_pid);

	read_key(&to->key, task);
	to->euid = BPF_CORE_READ(task, cred, euid.val);
	to->gid = BPF_CORE_READ(task, cred, gid.val);
	to->loginuid = ~0U;
	to->sessionid = ~0U;
	if (bpf_core_field_exists(struct task_struct___audit, loginuid)) {
		struct task_struct___audit *audit = (struct task_struct___audit *)task;

		to->loginuid = BPF_CORE_READ(audit, loginuid.val);
		to->sessionid = BPF_CORE_READ(audit, sessionid);
	}
	to->pgid = pid_number(signal, PIDTYPE_PGID);
	to->sid = pid_number(signal, PIDTYPE_SID);
	if (pid) {
		struct upid *upid = innermost(pid);

		to->inner_pid = BPF_CORE_READ(upid, nr);
		to->pidns = BPF_CORE_READ(upid, ns, ns.inum);
	}
	BPF_CORE_READ_STR_INTO(&to->comm, leader, comm);
	bpf_probe_read_kernel_str(to->tty, TTY_BYTES,
				  (char *)BPF_CORE_READ(signal, tty) +
					  bpf_core_field_offset(struct tty_struct, name));
}

/*
 * exe, cgroup and argv into `tail`; what the last exec left is preferred over the present memory,
 * which the process may have written over. Only the memory of `current` can be read. Returns the length.
 */
static __always_inline u32 read_tail(struct coroner_process *to, char *tail, struct cursor *cursor,
				     struct task_struct *task)
{
	struct coroner_proc *entry = exec_entry(&to->key);
	struct mm_struct *mm = BPF_CORE_READ(task, mm);
	u32 size, at, total = 0;

	if (!entry && !mm)
		entry = parent_entry(to, task);
	cursor_start(cursor, 0);
	if (entry) {
		size = entry->exe_len;
		if (size > PROC_EXE_BYTES)
			size = PROC_EXE_BYTES;
		bpf_probe_read_kernel(tail, size, entry->exe);
		cursor->at = size;
		to->flags |= PROCESS_FROM_EXEC | (entry->flags & PROCESS_EXE_CUT);
	} else if (mm) {
		append_file_path(tail, TAIL_MASK, cursor, BPF_CORE_READ(mm, exe_file));
		if (cursor->cut)
			to->flags |= PROCESS_EXE_CUT;
	}
	to->exe_len = cursor->at;
	cursor_start(cursor, to->exe_len);
	append_cgroup(tail, TAIL_MASK, cursor, task);
	if (cursor->cut)
		to->flags |= PROCESS_CGROUP_CUT;
	at = cursor->at & TAIL_MASK;
	to->cgroup_len = at - to->exe_len;
	if (entry) {
		size = entry->argv_len;
		if (size > ARGV_BYTES)
			size = ARGV_BYTES;
		bpf_probe_read_kernel(&tail[at], size, entry->argv);
		to->argv_len = size;
		total = entry->argv_total;
	} else if (mm) {
		to->argv_len = read_argv(&tail[at], mm, &total);
	}
	to->argv_total = total;
	if (total > to->argv_len)
		to->flags |= PROCESS_ARGV_CUT;
	return at + to->argv_len;
}

/* Policy: is the process in the watched pid namespace, or in one below it? */
static __always_inline bool in_scope(struct task_struct *task)
{
	struct pid_namespace *ns;
	struct upid *upid;

	if (!policy.scope_pidns)
		return 1;
	upid = innermost(BPF_CORE_READ(task, thread_pid));
	ns = BPF_CORE_READ(upid, ns);
	for (int i = 0; i < 4 && ns; i++) {
		if (BPF_CORE_READ(ns, ns.inum) == policy.scope_pidns)
			return 1;
		ns = BPF_CORE_READ(ns, parent);
	}
	return 0;
}

#endif
