/* Victims and senders of the journeys: argv[1] says what to be. Prints "up" when it is that. */
#define _GNU_SOURCE
#include <linux/sched.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static void leave(int signal) { (void)signal; _exit(0); }
static void stay(int signal) { (void)signal; }
static void up(void) { if (write(1, "up\n", 3) != 3) _exit(99); }
static void rest(void) { for (;;) pause(); }

static void wait_ms(long ms)
{
	struct timespec t = { ms / 1000, ms % 1000 * 1000000 };
	while (nanosleep(&t, &t)) {}
}

/* Touches memory, `mb` of it, a page at a time, a megabyte every so many milliseconds. */
static void fill(long mb, long ms_each)
{
	for (long done = 0; done < mb; done++) {
		if (ms_each) wait_ms(ms_each);
		char *part = malloc(1 << 20);
		if (!part) _exit(98);
		for (long at = 0; at < 1 << 20; at += 4096) part[at] = 1;
	}
}

/* Runs argv as exactly this pid; 97 while another process has it. */
static int as_pid(pid_t pid, char **argv)
{
	struct clone_args args = { .exit_signal = SIGCHLD, .set_tid = (uintptr_t)&pid, .set_tid_size = 1 };
	long child = syscall(SYS_clone3, &args, sizeof args);
	if (child < 0) return 97;
	if (child == 0) { execv(argv[0], argv); _exit(127); }
	int status;
	waitpid(child, &status, 0);
	return 0;
}

/* Forks and kills `count` children, and leaves the count of those that a signal ended. */
static int storm(long count, long pause_us)
{
	long killed = 0;
	for (long i = 0; i < count; i++) {
		pid_t child = fork();
		if (child == 0) rest();
		if (child < 0) { usleep(1000); i--; continue; }
		kill(child, SIGKILL);
		int status;
		waitpid(child, &status, 0);
		if (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) killed++;
		if (pause_us) usleep(pause_us);
	}
	printf("%ld\n", killed);
	return 0;
}

/* A child that ignores every signal that it may. */
static pid_t deaf(void)
{
	int ends[2];
	char byte;
	if (pipe(ends)) _exit(99);
	pid_t child = fork();
	if (child == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		for (int number = 1; number <= 64; number++) signal(number, SIG_IGN);
		if (write(ends[1], "x", 1) != 1) _exit(99);
		rest();
	}
	if (read(ends[0], &byte, 1) != 1) _exit(99);
	close(ends[0]);
	close(ends[1]);
	return child;
}

/* Sends `count` signals to that many deaf children, each time another; prints the nanoseconds that one took. */
static int barrage(long count, int targets)
{
	static const int numbers[] = { 1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14, 15, 16, 24, 25, 26, 27, 29, 30, 31 };
	const long kinds = sizeof numbers / sizeof *numbers;
	pid_t children[256];
	struct timespec begun, ended;
	if (targets > 256) return 2;
	for (int i = 0; i < targets; i++) children[i] = deaf();
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &begun);
	for (long i = 0; i < count; i++)
		kill(children[i % targets], targets > 1 ? numbers[i / targets % kinds] : SIGTERM);
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ended);
	printf("%.1f\n", ((ended.tv_sec - begun.tv_sec) * 1e9 + (ended.tv_nsec - begun.tv_nsec)) / count);
	for (int i = 0; i < targets; i++) kill(children[i], SIGKILL);
	return 0;
}

static long now_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Sends equal signals to one deaf child for that long, flat out or so many in each millisecond; prints how many. */
static int stream(long ms, long each_ms)
{
	const long burst = each_ms ? each_ms : 64;
	long sent = 0, begun = now_ms(), passed = 0;
	pid_t child = deaf();
	while ((passed = now_ms() - begun) < ms) {
		if (each_ms && sent >= passed * each_ms) { usleep(200); continue; }
		for (long i = 0; i < burst; i++) kill(child, SIGTERM);
		sent += burst;
	}
	kill(child, SIGKILL);
	printf("%ld\n", sent);
	return 0;
}

/* Forks and kills for that long; prints how many a signal ended. */
static int storm_for(long ms)
{
	long killed = 0, begun = now_ms();
	while (now_ms() - begun < ms) {
		pid_t child = fork();
		if (child == 0) rest();
		if (child < 0) return 95;
		kill(child, SIGKILL);
		int status;
		waitpid(child, &status, 0);
		killed += WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
	}
	printf("%ld\n", killed);
	return 0;
}

int main(int argc, char **argv)
{
	const char *what = argc > 1 ? argv[1] : "";
	long number = argc > 2 ? atol(argv[2]) : 0;
	if (!strcmp(what, "rest")) { up(); rest(); }
	if (!strcmp(what, "catch-term")) { signal(SIGTERM, leave); up(); rest(); }
	if (!strcmp(what, "survive-term")) { signal(SIGTERM, stay); up(); rest(); }
	if (!strcmp(what, "ignore")) { signal(number, SIG_IGN); up(); rest(); }
	if (!strcmp(what, "abort")) abort();
	if (!strcmp(what, "null")) *(volatile int *)number = 1;
	if (!strcmp(what, "exit")) { wait_ms(argc > 3 ? atol(argv[3]) : 0); return number; }
	if (!strcmp(what, "fill")) { fill(number, 0); up(); rest(); }
	if (!strcmp(what, "grow")) { up(); fill(number, atol(argv[3])); rest(); }
	if (!strcmp(what, "barrage")) return barrage(number, atoi(argv[3]));
	if (!strcmp(what, "kill")) return kill(atoi(argv[3]), number) ? 1 : 0;
	if (!strcmp(what, "as-pid")) return as_pid(number, argv + 3);
	if (!strcmp(what, "storm")) return storm(number, argc > 3 ? atol(argv[3]) : 0);
	if (!strcmp(what, "storm-for")) return storm_for(number);
	if (!strcmp(what, "stream")) return stream(number, argc > 3 ? atol(argv[3]) : 0);
	fprintf(stderr, "what?\n");
	return 96;
}
