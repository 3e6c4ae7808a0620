/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The kernel's types, as far as the probe reads them. Only names matter: every offset is relocated
 * at load against the running kernel's BTF (CO-RE). `___flavour` marks a form of some kernels only.
 */
#ifndef CORONER_KERNEL_H
#define CORONER_KERNEL_H

typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long long u64;
typedef signed short s16;
typedef signed int s32;
typedef signed long long s64;
typedef _Bool bool;

/* What <bpf/bpf_helpers.h> expects from <linux/types.h> and <linux/bpf.h>. */
typedef u8 __u8;
typedef u16 __u16;
typedef u32 __u32;
typedef u64 __u64;
typedef s32 __s32;
typedef s64 __s64;
typedef u16 __be16;
typedef u32 __be32;
typedef u32 __wsum;

enum {
	BPF_MAP_TYPE_HASH = 1,
	BPF_MAP_TYPE_ARRAY = 2,
	BPF_MAP_TYPE_PERCPU_ARRAY = 6,
	BPF_MAP_TYPE_LRU_HASH = 9,
	BPF_MAP_TYPE_RINGBUF = 27,
};

enum { BPF_ANY = 0, BPF_NOEXIST = 1 };

#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

struct bpf_raw_tracepoint_args {
	u64 args[0];
};

typedef struct {
	u32 val;
} kuid_t;

typedef struct {
	u32 val;
} kgid_t;

typedef struct {
	int counter;
} atomic_t;

struct ns_common {
	u32 inum;
};

struct pid_namespace {
	struct pid_namespace *parent;
	struct ns_common ns;
};

struct upid {
	int nr;
	struct pid_namespace *ns;
};

struct pid {
	u32 level;
	struct upid numbers[1];
};

struct cred {
	kuid_t uid;
	kgid_t gid;
	kuid_t euid;
};

struct tty_struct {
	char name[64];
};

struct qstr {
	const unsigned char *name;
};

struct dentry {
	struct dentry *d_parent;
	struct qstr d_name;
};

struct vfsmount {
	struct dentry *mnt_root;
};

struct mount {
	struct mount *mnt_parent;
	struct dentry *mnt_mountpoint;
	struct vfsmount mnt;
};

struct path {
	struct vfsmount *mnt;
	struct dentry *dentry;
};

struct file {
	struct path f_path;
};

struct mm_struct {
	unsigned long arg_start;
	unsigned long arg_end;
	struct file *exe_file;
};

struct rlimit {
	unsigned long rlim_cur;
	unsigned long rlim_max;
};

struct timerqueue_node {
	s64 expires;
};

struct hrtimer {
	struct timerqueue_node node;
};

struct posix_cputimers {
	unsigned int expiry_active;
};

struct sched_entity {
	u64 sum_exec_runtime;
};

struct sched_rt_entity {
	unsigned long timeout;
};

struct signal_struct {
	unsigned long long sum_sched_runtime;
	struct rlimit rlim[16];
	atomic_t live;
	int nr_threads;
	int group_exit_code;
	u32 flags;
	struct pid *pids[4];
	struct tty_struct *tty;
	unsigned long maxrss;
	short oom_score_adj;
	struct mm_struct *oom_mm;
	struct hrtimer real_timer;
	struct posix_cputimers posix_cputimers;
};

struct kernfs_node {
	const char *name;
};

/* Up to 6.14. */
struct kernfs_node___parent {
	struct kernfs_node *parent;
};

/* From 6.15. */
struct kernfs_node___rcu {
	struct kernfs_node *__parent;
};

struct cgroup {
	struct kernfs_node *kn;
};

struct cgroup_subsys_state {
	struct cgroup *cgroup;
};

struct css_set {
	struct cgroup_subsys_state *subsys[1];
	struct cgroup *dfl_cgrp;
};

enum cgroup_subsys_id {
	memory_cgrp_id = 4,
};

struct task_struct {
	void *stack;
	u32 flags;
	unsigned int ptrace;
	struct mm_struct *mm;
	int exit_code;
	int tgid;
	struct task_struct *real_parent;
	struct task_struct *parent;
	struct task_struct *group_leader;
	struct pid *thread_pid;
	u64 start_boottime;
	const struct cred *cred;
	char comm[16];
	struct signal_struct *signal;
	struct sched_entity se;
	struct sched_rt_entity rt;
	u64 parent_exec_id;
	u64 self_exec_id;
	struct css_set *cgroups;
};

/* With CONFIG_AUDIT. */
struct task_struct___audit {
	kuid_t loginuid;
	u32 sessionid;
};

struct sigfault {
	void *_addr;
};

union sifields {
	struct sigfault _sigfault;
};

struct kernel_siginfo {
	int si_code;
	union sifields _sifields;
};

struct linux_binprm {
	const char *filename;
};

/* From 6.16: the tracepoint says itself that the thread group is gone. */
struct trace_event_raw_sched_process_exit {
	bool group_dead;
};

struct seccomp {
	int mode;
};

/* With CONFIG_SECCOMP. */
struct task_struct___seccomp {
	struct seccomp seccomp;
};

struct pt_regs___x86 {
	unsigned long orig_ax;
};

struct pt_regs___arm64 {
	s32 syscallno;
};

#pragma clang attribute pop

/* Helpers of some kernels only: from 5.11 and 5.15. */
enum bpf_func_id___coroner {
	BPF_FUNC_get_current_task_btf___coroner = 158,
	BPF_FUNC_task_pt_regs___coroner = 175,
};

#define PIDTYPE_PGID 2
#define PIDTYPE_SID 3

#define PF_EXITING 0x00000004
#define PF_FORKNOEXEC 0x00000040
#define PF_KTHREAD 0x00200000
#define SIGNAL_GROUP_EXIT 0x00000004

#define SIGNAL_RESULT_DELIVERED 0
#define SIGNAL_RESULT_IGNORED 1
#define SIGNAL_RESULT_PENDING 2
#define SIGNAL_RESULT_OVERFLOW 3
/* Ours, of calls that came to no signal: refused, and signal 0 where it was allowed. */
#define SIGNAL_RESULT_REFUSED 4
#define SIGNAL_RESULT_ASKED 5

#endif
