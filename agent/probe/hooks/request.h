/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Commands by which somebody asks a service manager, a container runtime or the host's init to end
 * something, and those that change crontabs: who did it is recorded nowhere. What the command line
 * asks for, user space decides.
 */
#ifndef CORONER_HOOKS_REQUEST_H
#define CORONER_HOOKS_REQUEST_H

/* Beginning of the path of a script that starts and stops a service. */
#define INIT_SCRIPTS "/etc/init.d/"
#define RC_SCRIPTS "/etc/rc.d/init."
#define SCRIPT_PREFIX_BYTES 16

/* `name` is a literal: the loop becomes a chain of comparisons with constants. */
static __always_inline bool is_called(const char comm[COMM_BYTES], const char *name)
{
	for (int i = 0; i < COMM_BYTES; i++) {
		if (comm[i] != name[i])
			return 0;
		if (!name[i])
			return 1;
	}
	return 1;
}

static __always_inline bool begins_with(const char *path, const char *prefix)
{
	for (int i = 0; i < SCRIPT_PREFIX_BYTES && prefix[i]; i++)
		if (path[i] != prefix[i])
			return 0;
	return 1;
}

/* The same names as in schema/src/request/requested.ts, compared by a test. */
static __always_inline bool asks_by_name(const char comm[COMM_BYTES])
{
	return is_called(comm, "systemctl") || is_called(comm, "service") ||
	       is_called(comm, "invoke-rc.d") || is_called(comm, "loginctl") ||
	       is_called(comm, "busctl") || is_called(comm, "docker") ||
	       is_called(comm, "podman") || is_called(comm, "nerdctl") ||
	       is_called(comm, "docker-compose") || is_called(comm, "crictl") ||
	       is_called(comm, "ctr") || is_called(comm, "machinectl") ||
	       is_called(comm, "kubectl") || is_called(comm, "shutdown") ||
	       is_called(comm, "halt") || is_called(comm, "poweroff") ||
	       is_called(comm, "reboot") || is_called(comm, "init") ||
	       is_called(comm, "telinit") || is_called(comm, "crontab") ||
	       is_called(comm, "fcrontab") || is_called(comm, "editor") ||
	       is_called(comm, "vi") || is_called(comm, "vim") ||
	       is_called(comm, "vim.basic") || is_called(comm, "vim.tiny") ||
	       is_called(comm, "nvim") || is_called(comm, "nano") ||
	       is_called(comm, "emacs");
}

static __always_inline bool asks_by_script(struct linux_binprm *bprm)
{
	char path[SCRIPT_PREFIX_BYTES] = {};

	bpf_probe_read_kernel_str(path, sizeof(path), BPF_CORE_READ(bprm, filename));
	return begins_with(path, INIT_SCRIPTS) || begins_with(path, RC_SCRIPTS);
}

/* At its exec: the program is called so, or is such a script. */
static __always_inline bool may_ask(struct task_struct *task, struct linux_binprm *bprm)
{
	char comm[COMM_BYTES] = {};

	BPF_CORE_READ_STR_INTO(&comm, task, comm);
	return asks_by_name(comm) || asks_by_script(bprm);
}

/* One record of `current`, which has its entry in `procs` already. */
static __noinline void emit_request(struct task_struct *task)
{
	struct actor_scratch *scratch;
	u32 zero = 0, size;
	u64 now = bpf_ktime_get_boot_ns();

	scratch = bpf_map_lookup_elem(&request_scratch, &zero);
	if (!scratch)
		return;
	__builtin_memset(&scratch->actor.head, 0, sizeof(scratch->actor.head));
	__builtin_memset(&scratch->actor.process, 0, sizeof(scratch->actor.process));
	scratch->actor.head.at_ns = now;
	scratch->actor.head.kind = CORONER_REQUEST;
	read_facts(&scratch->actor.process, task);
	read_ancestors(&scratch->actor.process, task, 1);
	size = read_tail(&scratch->actor.process, scratch->actor.tail, &scratch->cursor, task);
	if (size > TAIL_BYTES)
		size = TAIL_BYTES;
	size += sizeof(scratch->actor) - TAIL_BYTES;
	if (bpf_ringbuf_output(&ring, &scratch->actor, size, 0))
		count_loss(now);
}

/* At its end: it may have asked for something, so user space wants to know how it ended. */
static __always_inline bool may_have_asked(const struct coroner_victim_key *key)
{
	u32 tgid = key->tgid;
	struct coroner_proc *entry = bpf_map_lookup_elem(&procs, &tgid);

	return entry && (entry->flags & PROCESS_MAY_ASK) && entry->start_ns == key->start_ns;
}

#endif
