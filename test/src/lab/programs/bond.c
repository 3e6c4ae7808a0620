/*
 * bond HOW VICTIM [ARGS]: starts the victim so that it dies with this process, waits for one byte
 * on standard input, and ends. HOW:
 *   death-signal, death-signal-term  PR_SET_PDEATHSIG
 *   death-signal-thread              the same, started by a thread, which alone ends
 *   trace                            PTRACE_O_EXITKILL
 *   namespace                        run below the init of a new pid namespace, which ends
 *   namespace-killed                 the same, but the init never ends by itself
 *   orphan                           a process group of its own, stopped by somebody
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

static char **command;

static int start(int death_signal, int own_group)
{
	int child = fork();

	if (child == 0) {
		if (death_signal)
			prctl(PR_SET_PDEATHSIG, death_signal, 0, 0, 0);
		if (own_group)
			setpgid(0, 0);
		execv(command[0], command);
		_exit(127);
	}
	return child;
}

static void wait_for_go(void)
{
	char byte;

	read(0, &byte, 1);
}

static void *start_and_end(void *unused)
{
	start(SIGKILL, 0);
	wait_for_go();
	return unused;
}

static int be_init(int stay)
{
	start(0, 0);
	wait_for_go();
	while (stay)
		pause();
	return 0;
}

int main(int argc, char **argv)
{
	if (argc < 3)
		return 2;
	const char *how = argv[1];

	command = argv + 2;
	if (!strncmp(how, "namespace", 9)) {
		if (unshare(CLONE_NEWPID))
			return 3;
		if (fork() == 0)
			_exit(be_init(!strcmp(how, "namespace-killed")));
		wait(0);
		return 0;
	}
	if (!strcmp(how, "death-signal-thread")) {
		pthread_t thread;

		pthread_create(&thread, 0, start_and_end, 0);
		pthread_join(thread, 0);
		wait(0);
		return 0;
	}
	int term = !strcmp(how, "death-signal-term");
	int kill = !strcmp(how, "death-signal");
	int child = start(term ? SIGTERM : kill ? SIGKILL : 0, !strcmp(how, "orphan"));

	wait_for_go();
	if (!strcmp(how, "trace") && ptrace(PTRACE_SEIZE, child, 0, PTRACE_O_EXITKILL))
		return 3;
	return 0;
}
