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

static int write_cgroup_kill(const char *path)
{
	char file[4096];

	snprintf(file, sizeof(file), "%s/cgroup.kill", path);
	return write(open(file, O_WRONLY), "1", 1) != 1;
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
	if (!strcmp(how, "cgroup"))
		return write_cgroup_kill(argv[2]);
	return 2;
}
