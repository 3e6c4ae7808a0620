/*
 * Ends in the way that its first argument names; prints "ready PID" when everything is set up, and
 * then waits for one byte on standard input where the end is its own doing.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <linux/seccomp.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static void ready(void)
{
	printf("ready %d\n", getpid());
	fflush(stdout);
}

static void wait_for_go(void)
{
	char byte;

	ready();
	while (read(0, &byte, 1) < 0 && errno == EINTR)
		;
}

static void sleep_for_ever(void)
{
	ready();
	for (;;)
		pause();
}

static volatile int *volatile nowhere = (int *)16;

static void *write_nowhere(void *unused)
{
	*nowhere = 1;
	return unused;
}

static void *exit_seven(void *unused)
{
	exit(7);
	return unused;
}

/* Not by returning: glibc calls exit_group(2) when its last thread returns. */
static void *linger(void *unused)
{
	usleep(200000);
	syscall(SYS_exit, 0);
	return unused;
}

static void in_thread(void *(*run)(void *))
{
	pthread_t thread;

	pthread_create(&thread, 0, run, 0);
	pthread_join(thread, 0);
}

static void exit_zero(int number)
{
	(void)number;
	_exit(0);
}

static void exit_with_signal(int number)
{
	_exit(128 + number);
}

static void re_raise(int number)
{
	signal(number, SIG_DFL);
	raise(number);
}

static void spin(void)
{
	for (;;)
		;
}

static void no_core(void)
{
	struct rlimit none = {0, 0};

	setrlimit(RLIMIT_CORE, &none);
}

static void touch_missing_page(void)
{
	FILE *file = tmpfile();
	char *page = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fileno(file), 0);

	page[0] = 1;
}

static void reach_cpu_limit(rlim_t soft, rlim_t hard)
{
	struct rlimit limit = {soft, hard};

	setrlimit(RLIMIT_CPU, &limit);
	wait_for_go();
	spin();
}

static void reach_file_limit(void)
{
	struct rlimit limit = {4096, 4096};
	char block[8192] = {0};
	FILE *file = tmpfile();

	setrlimit(RLIMIT_FSIZE, &limit);
	wait_for_go();
	while (write(fileno(file), block, sizeof(block)) > 0)
		;
}

static void write_to_closed_pipe(void)
{
	int ends[2];

	wait_for_go();
	if (pipe(ends) == 0) {
		close(ends[0]);
		write(ends[1], "x", 1);
	}
}

static void let_timer_end_it(int kind)
{
	struct itimerval soon = {{0, 0}, {0, 50000}};
	struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGUSR1};
	struct itimerspec spec = {{0, 0}, {0, 50000000}};
	timer_t timer;

	wait_for_go();
	if (kind == 0) {
		setitimer(ITIMER_REAL, &soon, 0);
		pause();
	}
	if (kind == 1) {
		setitimer(ITIMER_PROF, &soon, 0);
		spin();
	}
	timer_create(CLOCK_MONOTONIC, &event, &timer);
	timer_settime(timer, 0, &spec, 0);
	pause();
}

static void forbid_and_call(void)
{
	/* Offsets and opcodes of linux/filter.h: load the call's number, kill on getppid, else allow. */
	struct { unsigned short code; unsigned char jt, jf; unsigned int k; } code[] = {
		{0x20, 0, 0, 0},
		{0x15, 0, 1, SYS_getppid},
		{0x06, 0, 0, SECCOMP_RET_KILL_PROCESS},
		{0x06, 0, 0, SECCOMP_RET_ALLOW},
	};
	struct { unsigned short len; void *filter; } program = {4, code};

	wait_for_go();
	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program);
	syscall(SYS_getppid);
}

static void fill_memory(void)
{
	wait_for_go();
	for (;;) {
		char *block = malloc(1 << 20);

		if (block)
			memset(block, 1, 1 << 20);
	}
}

static void handle(int number, void (*handler)(int))
{
	signal(number, handler);
	sleep_for_ever();
}

int main(int argc, char **argv)
{
	const char *how = argc > 1 ? argv[1] : "sleep";

	no_core();
	if (!strcmp(how, "sleep"))
		sleep_for_ever();
	if (!strcmp(how, "catch-term"))
		handle(SIGTERM, exit_zero);
	if (!strcmp(how, "catch-term-143"))
		handle(SIGTERM, exit_with_signal);
	if (!strcmp(how, "re-raise-term"))
		handle(SIGTERM, re_raise);
	if (!strcmp(how, "re-raise-int"))
		handle(SIGINT, re_raise);
	if (!strcmp(how, "ignore-term"))
		handle(SIGTERM, SIG_IGN);
	if (!strcmp(how, "cpu-soft"))
		reach_cpu_limit(1, 5);
	if (!strcmp(how, "cpu-hard")) {
		signal(SIGXCPU, SIG_IGN);
		reach_cpu_limit(1, 2);
	}
	if (!strcmp(how, "file-size"))
		reach_file_limit();
	if (!strcmp(how, "pipe"))
		write_to_closed_pipe();
	if (!strcmp(how, "alarm"))
		let_timer_end_it(0);
	if (!strcmp(how, "profile-timer"))
		let_timer_end_it(1);
	if (!strcmp(how, "posix-timer"))
		let_timer_end_it(2);
	if (!strcmp(how, "seccomp"))
		forbid_and_call();
	if (!strcmp(how, "fill"))
		fill_memory();
	wait_for_go();
	if (!strcmp(how, "abort"))
		abort();
	if (!strcmp(how, "segv"))
		write_nowhere(0);
	if (!strcmp(how, "segv-thread"))
		in_thread(write_nowhere);
	if (!strcmp(how, "fpe")) {
		volatile int zero = 0;
		return argc / zero;
	}
	if (!strcmp(how, "ill"))
		__builtin_trap();
	if (!strcmp(how, "bus"))
		touch_missing_page();
	if (!strcmp(how, "self-kill"))
		kill(getpid(), SIGKILL);
	if (!strcmp(how, "raise-term"))
		raise(SIGTERM);
	if (!strcmp(how, "exit-thread"))
		in_thread(exit_seven);
	if (!strcmp(how, "last-thread")) {
		pthread_t thread;

		pthread_create(&thread, 0, linger, 0);
		pthread_exit(0);
	}
	return argc > 2 ? atoi(argv[2]) : 0;
}
