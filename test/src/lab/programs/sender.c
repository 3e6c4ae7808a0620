/*
 * sender [wait] HOW TARGET SIGNAL: sends the signal in one particular way, and is gone at once. With
 * `wait` it first prints "ready PID" and waits for one byte on standard input. TARGET is a pid, or
 * the path of a cgroup.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static int pid, number, status;

static void wait_for_go(void)
{
	char byte;

	printf("ready %d\n", getpid());
	fflush(stdout);
	while (read(0, &byte, 1) < 0 && errno == EINTR)
		;
}

static void *kill_in_thread(void *unused)
{
	status = kill(pid, number) != 0;
	return unused;
}

static void *kill_without_leader(void *unused)
{
	usleep(100000);
	_exit(kill(pid, number) != 0);
	return unused;
}

static void in_thread(void *(*run)(void *))
{
	pthread_t thread;

	pthread_create(&thread, 0, run, 0);
	pthread_join(thread, 0);
}

/* Says that the first is on its way, and waits before it sends the second. */
static int send_twice(void)
{
	if (kill(pid, number))
		return 1;
	printf("sent\n");
	wait_for_go();
	return kill(pid, number) != 0;
}

/* The codes of those signals that a timer, input or a message raises: any process may use them. */
static int forge(const char *as)
{
	siginfo_t info = {.si_signo = number};

	info.si_code = !strcmp(as, "timer") ? SI_TIMER : !strcmp(as, "aio") ? SI_ASYNCIO :
		       !strcmp(as, "message") ? SI_MESGQ : SI_SIGIO;
	if (!strcmp(as, "timer-of-thread")) {
		info.si_code = SI_TIMER;
		return syscall(SYS_rt_tgsigqueueinfo, pid, pid, number, &info) != 0;
	}
	if (!strcmp(as, "timer-by-pidfd")) {
		info.si_code = SI_TIMER;
		return syscall(SYS_pidfd_send_signal, syscall(SYS_pidfd_open, pid, 0), number, &info, 0) != 0;
	}
	return syscall(SYS_rt_sigqueueinfo, pid, number, &info) != 0;
}

static int kill_by_ptrace(void)
{
	return ptrace(PTRACE_SEIZE, pid, 0, 0) || ptrace(PTRACE_KILL, pid, 0, 0) ||
	       waitpid(pid, 0, __WALL) < 0;
}

/* A traced process gets the signal from its tracer alone: no kill(2), no siginfo. */
static int put_in(void)
{
	if (ptrace(PTRACE_ATTACH, pid, 0, 0) || waitpid(pid, 0, __WALL) < 0)
		return 1;
	return ptrace(PTRACE_CONT, pid, 0, number) || waitpid(pid, 0, __WALL) < 0;
}

static int write_cgroup_kill(const char *path)
{
	char file[4096];

	snprintf(file, sizeof(file), "%s/cgroup.kill", path);
	return write(open(file, O_WRONLY), "1", 1) != 1;
}

static int trace_members(const char *path)
{
	char file[4096];
	int member;
	FILE *members;

	snprintf(file, sizeof(file), "%s/cgroup.procs", path);
	members = fopen(file, "r");
	while (members && fscanf(members, "%d", &member) == 1)
		if (ptrace(PTRACE_SEIZE, member, 0, 0))
			return 1;
	return !members || fclose(members);
}

int main(int argc, char **argv)
{
	union sigval value = {.sival_int = 7};
	siginfo_t info = {.si_code = SI_QUEUE};
	pthread_t thread;

	if (argc > 1 && !strcmp(argv[1], "wait")) {
		wait_for_go();
		argv++;
		argc--;
	}
	if (argc != 4)
		return 2;
	const char *how = argv[1];

	pid = atoi(argv[2]);
	number = atoi(argv[3]);
	info.si_signo = number;
	if (!strcmp(how, "kill"))
		return kill(pid, number) != 0;
	if (!strcmp(how, "kill-group"))
		return kill(-pid, number) != 0;
	/* Only in a pid namespace of its own, where pids are small: outside it would end the host. */
	if (!strcmp(how, "kill-all"))
		return getpid() > 99 || kill(-1, number) != 0;
	if (!strcmp(how, "tgkill"))
		return syscall(SYS_tgkill, pid, pid, number) != 0;
	if (!strcmp(how, "tkill"))
		return syscall(SYS_tkill, pid, number) != 0;
	if (!strcmp(how, "sigqueue"))
		return sigqueue(pid, number, value) != 0;
	if (!strcmp(how, "tgsigqueue"))
		return syscall(SYS_rt_tgsigqueueinfo, pid, pid, number, &info) != 0;
	if (!strcmp(how, "pidfd"))
		return syscall(SYS_pidfd_send_signal, syscall(SYS_pidfd_open, pid, 0), number, 0, 0) != 0;
	if (!strcmp(how, "thread")) {
		in_thread(kill_in_thread);
		return status;
	}
	if (!strcmp(how, "without-leader")) {
		pthread_create(&thread, 0, kill_without_leader, 0);
		pthread_exit(0);
	}
	if (!strcmp(how, "then-exec")) {
		kill(pid, number);
		execl("/bin/sleep", "sleep", "0.2", (char *)0);
	}
	if (!strcmp(how, "twice"))
		return send_twice();
	if (!strncmp(how, "forged-", 7))
		return forge(how + 7);
	if (!strcmp(how, "ptrace-kill"))
		return kill_by_ptrace();
	if (!strcmp(how, "ptrace-put-in"))
		return put_in();
	if (!strcmp(how, "cgroup-of-traced"))
		return trace_members(argv[2]) || write_cgroup_kill(argv[2]);
	if (!strcmp(how, "cgroup"))
		return write_cgroup_kill(argv[2]);
	return 2;
}
