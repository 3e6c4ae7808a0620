/* SPDX-License-Identifier: GPL-2.0 */
/* Paths as names, leaf first, each ended by NUL: user space turns them round. */
#ifndef CORONER_READ_PATH_H
#define CORONER_READ_PATH_H

#define DENTRY_STEPS 20
#define CGROUP_STEPS 10

/*
 * Where the next name goes. It lives in a map: a value that was read back from there is unknown to
 * the verifier, so the turns of a loop look alike and are not explored one by one.
 */
struct cursor {
	u32 from;
	u32 at;
	u32 cut;
	u32 zero;
};

static __always_inline void cursor_start(struct cursor *cursor, u32 at)
{
	cursor->from = at;
	cursor->at = at;
	cursor->cut = 0;
}

/* Appends to a buffer of `mask` + 1 bytes with NAME_BYTES of slack. False when the path is full. */
static __always_inline bool append_name(char *buffer, u32 mask, struct cursor *cursor,
					const void *name)
{
	u32 at = cursor->at;
	long read;

	if (at - cursor->from >= PATH_BYTES)
		return 0;
	read = bpf_probe_read_kernel_str(&buffer[at & mask], NAME_BYTES, name);
	if (read > 0)
		cursor->at = at + (u32)read;
	return 1;
}

/* The path of a file up to the root of its mount namespace. */
static __noinline void append_file_path(char *buffer, u32 mask, struct cursor *cursor,
					struct file *file)
{
	struct dentry *dentry = BPF_CORE_READ(file, f_path.dentry);
	struct vfsmount *root = BPF_CORE_READ(file, f_path.mnt);
	struct mount *mount =
		(struct mount *)((char *)root - bpf_core_field_offset(struct mount, mnt));

	for (int i = 0; i < DENTRY_STEPS; i++) {
		struct dentry *parent = BPF_CORE_READ(dentry, d_parent);

		if (dentry == BPF_CORE_READ(mount, mnt.mnt_root)) {
			struct mount *above = BPF_CORE_READ(mount, mnt_parent);

			if (above == mount)
				return;
			dentry = BPF_CORE_READ(mount, mnt_mountpoint);
			mount = above;
			continue;
		}
		if (parent == dentry)
			return;
		if (!append_name(buffer, mask, cursor, BPF_CORE_READ(dentry, d_name.name)))
			break;
		dentry = parent;
	}
	cursor->cut = 1;
}

static __always_inline struct kernfs_node *kernfs_parent(struct kernfs_node *node)
{
	if (bpf_core_field_exists(struct kernfs_node___rcu, __parent))
		return BPF_CORE_READ((struct kernfs_node___rcu *)node, __parent);
	return BPF_CORE_READ((struct kernfs_node___parent *)node, parent);
}

static __always_inline struct kernfs_node *memory_cgroup(struct css_set *set)
{
	struct cgroup_subsys_state *state = 0;
	u32 id;

	if (!bpf_core_enum_value_exists(enum cgroup_subsys_id, memory_cgrp_id))
		return 0;
	id = bpf_core_enum_value(enum cgroup_subsys_id, memory_cgrp_id);
	bpf_probe_read_kernel(&state, sizeof(state),
			      (char *)set + bpf_core_field_offset(struct css_set, subsys) +
				      id * sizeof(void *));
	return BPF_CORE_READ(state, cgroup, kn);
}

/* The cgroup of the unified hierarchy; the memory controller's (v1) when that one is the root. */
static __noinline void append_cgroup(char *buffer, u32 mask, struct cursor *cursor,
				     struct task_struct *task)
{
	struct css_set *set = BPF_CORE_READ(task, cgroups);
	struct kernfs_node *node = BPF_CORE_READ(set, dfl_cgrp, kn);

	if (!kernfs_parent(node))
		node = memory_cgroup(set);
	for (int i = 0; i < CGROUP_STEPS; i++) {
		struct kernfs_node *parent = kernfs_parent(node);

		if (!parent)
			return;
		if (!append_name(buffer, mask, cursor, BPF_CORE_READ(node, name)))
			break;
		node = parent;
	}
	cursor->cut = 1;
}

#endif
