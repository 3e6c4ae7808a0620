/*
 * bond HOW VICTIM [ARGS]: starts the victim so that it dies with this process, waits for one byte
 * on standard input, and ends. HOW: death-signal, trace, namespace (run as the init of a new one).
 */
#define _GNU_SOURCE
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

static int start(char **argv, int with_death_signal)
{
	int child = fork();

	if (child == 0) {
		if (with_death_signal)
			prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
		execv(argv[0], argv);
		_exit(127);
	}
	return child;
}

static int be_init(char **argv)
{
	char byte;

	start(argv, 0);
	read(0, &byte, 1);
	return 0;
}

int main(int argc, char **argv)
{
	char byte;

	if (argc < 3)
		return 2;
	if (!strcmp(argv[1], "namespace")) {
		if (unshare(CLONE_NEWPID))
			return 3;
		if (fork() == 0)
			_exit(be_init(argv + 2));
		wait(0);
		return 0;
	}
	int child = start(argv + 2, !strcmp(argv[1], "death-signal"));

	read(0, &byte, 1);
	if (!strcmp(argv[1], "trace") && ptrace(PTRACE_SEIZE, child, 0, PTRACE_O_EXITKILL))
		return 3;
	return 0;
}
