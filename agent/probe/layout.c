/* SPDX-License-Identifier: GPL-2.0 */
/* Prints sizes and offsets of the records as JSON: a test compares them with the decoder's. */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

typedef uint8_t u8;
typedef uint16_t u16;
typedef uint32_t u32;
typedef uint64_t u64;
typedef int16_t s16;
typedef int32_t s32;
typedef int64_t s64;

#include "records.h"

#define SIZE(name) printf("\"%s\":{\"size\":%zu", #name, sizeof(struct coroner_##name))
#define AT(name, field) printf(",\"%s\":%zu", #field, offsetof(struct coroner_##name, field))
#define END(last) printf("}%s", last)

int main(void)
{
	printf("{\"version\":%d,", CORONER_LAYOUT);
	SIZE(policy);
	AT(policy, short_lived_ns), AT(policy, generation), AT(policy, noise);
	AT(policy, patience_ns);
	AT(policy, ship_all_ends), AT(policy, scope_pidns), AT(policy, count_questions);
	END(",");
	SIZE(key);
	AT(key, start_ns), AT(key, tgid), AT(key, uid), AT(key, exec_id);
	END(",");
	SIZE(ancestor);
	AT(ancestor, start_ns), AT(ancestor, tgid), AT(ancestor, uid), AT(ancestor, comm);
	END(",");
	SIZE(head);
	AT(head, at_ns), AT(head, kind);
	END(",");
	SIZE(process);
	AT(process, key), AT(process, euid), AT(process, gid), AT(process, loginuid);
	AT(process, sessionid), AT(process, pgid), AT(process, sid), AT(process, pidns);
	AT(process, inner_pid), AT(process, argv_total), AT(process, exe_len);
	AT(process, cgroup_len), AT(process, argv_len), AT(process, flags);
	AT(process, ancestor_count), AT(process, comm), AT(process, tty), AT(process, ancestors);
	END(",");
	SIZE(actor);
	AT(actor, head), AT(actor, process), AT(actor, tail);
	END(",");
	SIZE(signal);
	AT(signal, sender), AT(signal, first_ns), AT(signal, last_ns), AT(signal, delivered_ns);
	AT(signal, address), AT(signal, count), AT(signal, code), AT(signal, signal), AT(signal, info);
	AT(signal, flags), AT(signal, result);
	END(",");
	SIZE(death);
	AT(death, head), AT(death, process), AT(death, slots), AT(death, maxrss_pages);
	AT(death, cpu_ns), AT(death, cpu_limit_s), AT(death, rt_limit_us);
	AT(death, exit_code), AT(death, lost), AT(death, threads), AT(death, rt_ticks);
	AT(death, oom_score_adj), AT(death, oom_marked), AT(death, exit_call), AT(death, exec);
	AT(death, traced), AT(death, tail);
	END(",");
	SIZE(victim_key);
	AT(victim_key, start_ns), AT(victim_key, tgid);
	END(",");
	SIZE(pending);
	AT(pending, slots), AT(pending, lost_ns), AT(pending, rt_limit_us), AT(pending, rt_ticks);
	AT(pending, lost), AT(pending, threads), AT(pending, overwritten);
	END(",");
	SIZE(room);
	AT(room, occupied), AT(room, refused), AT(room, crowded_ns);
	END(",");
	SIZE(capacity);
	AT(capacity, limit), AT(capacity, displaced), AT(capacity, refused);
	END(",");
	SIZE(proc);
	AT(proc, start_ns), AT(proc, exec_id), AT(proc, argv_total), AT(proc, argv_len);
	AT(proc, exe_len), AT(proc, flags), AT(proc, argv), AT(proc, exe);
	END(",");
	SIZE(miss_key);
	AT(miss_key, sender_start_ns), AT(miss_key, target_start_ns);
	AT(miss_key, sender), AT(miss_key, target), AT(miss_key, uid), AT(miss_key, signal);
	AT(miss_key, result);
	END(",");
	SIZE(miss);
	AT(miss, count), AT(miss, sender_comm), AT(miss, target_comm);
	END(",");
	SIZE(counters);
	AT(counters, exits), AT(counters, near_misses), AT(counters, folded), AT(counters, evicted);
	AT(counters, deaths), AT(counters, lost), AT(counters, lost_first_ns);
	AT(counters, lost_last_ns), AT(counters, told_ns);
	END("}\n");
	return 0;
}
