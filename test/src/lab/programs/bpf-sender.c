/*
 * bpf-sender PID SIGNAL: a BPF program that sends the signal to the process with that pid, in its next
 * system call (bpf_send_signal(), bpf-helpers(7)). Prints "ready PID" when it is at work, and takes it
 * along when standard input ends.
 */
#define _GNU_SOURCE
#include <linux/bpf.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

static int bpf(int command, union bpf_attr *attr)
{
	return syscall(SYS_bpf, command, attr, sizeof(*attr));
}

#define CALL(helper) {.code = BPF_JMP | BPF_CALL, .imm = helper}
#define MOVE(to, number) {.code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = to, .imm = number}

static int load(int pid, int number)
{
	struct bpf_insn program[] = {
		CALL(BPF_FUNC_get_current_pid_tgid),
		{.code = BPF_ALU64 | BPF_RSH | BPF_K, .dst_reg = BPF_REG_0, .imm = 32},
		{.code = BPF_JMP | BPF_JNE | BPF_K, .dst_reg = BPF_REG_0, .off = 2, .imm = pid},
		MOVE(BPF_REG_1, number),
		CALL(BPF_FUNC_send_signal),
		MOVE(BPF_REG_0, 0),
		{.code = BPF_JMP | BPF_EXIT},
	};
	union bpf_attr attr = {
		.prog_type = BPF_PROG_TYPE_RAW_TRACEPOINT,
		.insns = (uintptr_t)program,
		.insn_cnt = sizeof(program) / sizeof(*program),
		.license = (uintptr_t)"GPL",
	};

	return bpf(BPF_PROG_LOAD, &attr);
}

int main(int argc, char **argv)
{
	union bpf_attr attr = {.raw_tracepoint.name = (uintptr_t)"sys_enter"};
	char byte;

	if (argc != 3)
		return 2;
	attr.raw_tracepoint.prog_fd = load(atoi(argv[1]), atoi(argv[2]));
	if ((int)attr.raw_tracepoint.prog_fd < 0 || bpf(BPF_RAW_TRACEPOINT_OPEN, &attr) < 0) {
		perror("bpf");
		return 1;
	}
	printf("ready %d\n", getpid());
	fflush(stdout);
	while (read(0, &byte, 1) > 0)
		;
	return 0;
}
