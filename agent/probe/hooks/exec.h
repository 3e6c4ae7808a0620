/* SPDX-License-Identifier: GPL-2.0 */
/* Keeps command line and executable of each process from the moment of its exec. */
#ifndef CORONER_HOOKS_EXEC_H
#define CORONER_HOOKS_EXEC_H

#define EXE_MASK (PROC_EXE_BYTES - 1)

/* TP_PROTO(struct task_struct *p, pid_t old_pid, struct linux_binprm *bprm) */
SEC("raw_tp/sched_process_exec")
int on_exec(struct bpf_raw_tracepoint_args *ctx)
{
	struct task_struct *task = (struct task_struct *)ctx->args[0];
	struct linux_binprm *bprm = (struct linux_binprm *)ctx->args[2];
	struct mm_struct *mm = BPF_CORE_READ(task, mm);
	struct proc_scratch *scratch;
	struct coroner_proc *proc;
	struct file *exe;
	u32 zero = 0, tgid, total = 0;
	bool asks;

	if (!in_scope(task))
		return 0;
	scratch = bpf_map_lookup_elem(&exec_scratch, &zero);
	if (!scratch || !mm)
		return 0;
	proc = &scratch->proc;
	tgid = BPF_CORE_READ(task, tgid);
	proc->start_ns = BPF_CORE_READ(task, group_leader, start_boottime);
	proc->exec_id = (u32)BPF_CORE_READ(task, self_exec_id);
	proc->flags = 0;
	proc->wanted = 0;
	proc->zero = 0;
	proc->argv_len = read_argv(proc->argv, mm, &total);
	proc->argv_total = total;
	if (total > proc->argv_len)
		proc->flags |= PROCESS_ARGV_CUT;
	cursor_start(&scratch->cursor, 0);
	exe = BPF_CORE_READ(mm, exe_file);
	if (exe)
		append_file_path(proc->exe, EXE_MASK, &scratch->cursor, exe);
	else
		append_name(proc->exe, EXE_MASK, &scratch->cursor, BPF_CORE_READ(bprm, filename));
	proc->exe_len = scratch->cursor.at;
	if (scratch->cursor.cut)
		proc->flags |= PROCESS_EXE_CUT;
	asks = may_ask(task, bprm);
	if (asks)
		proc->flags |= PROCESS_MAY_ASK;
	bpf_map_update_elem(&procs, &tgid, proc, BPF_ANY);
	if (asks && is_active())
		emit_request(task);
	return 0;
}

#endif
