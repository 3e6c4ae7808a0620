/* Ends by limits, timers, broken pipes and a full memory cgroup: all of them unasked signals of the kernel. */
#ifndef LAB_LIMITS_H
#define LAB_LIMITS_H

static void limit(int which, rlim_t soft, rlim_t hard)
{
	struct rlimit value = {soft, hard};

	setrlimit(which, &value);
}

static void fill_file(int blocks)
{
	char block[8192] = {0};
	FILE *file = tmpfile();

	while (write(fileno(file), block, sizeof(block)) > 0 && --blocks)
		;
	ftruncate(fileno(file), 1 << 20);
}

static void run_real_time(void)
{
	struct sched_param first = {.sched_priority = 1};

	sched_setscheduler(0, SCHED_FIFO, &first);
	limit(RLIMIT_RTTIME, 50000, 200000);
	spin();
}

/* The soft limit's signal is ignored, so the hard one ends it. */
static void run_real_time_on(void)
{
	signal(SIGXCPU, SIG_IGN);
	run_real_time();
}

static void *write_to_closed_pipe(void *unused)
{
	int ends[2];

	if (pipe(ends) == 0) {
		close(ends[0]);
		write(ends[1], "x", 1);
	}
	return unused;
}

static void send_to_closed_socket(void)
{
	int ends[2];

	if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0) {
		close(ends[0]);
		send(ends[1], "x", 1, 0);
	}
}

static void let_interval_end_it(int which)
{
	struct itimerval soon = {{0, 0}, {0, 50000}};

	setitimer(which, &soon, 0);
	if (which == ITIMER_REAL)
		pause();
	spin();
}

static void let_timer_end_it(int notify)
{
	struct sigevent event = {.sigev_notify = notify, .sigev_signo = SIGUSR1};
	struct itimerspec spec = {{0, 0}, {0, 50000000}};
	timer_t timer;

	event._sigev_un._tid = syscall(SYS_gettid);
	timer_create(CLOCK_MONOTONIC, &event, &timer);
	timer_settime(timer, 0, &spec, 0);
	pause();
}

static void fill_memory(void)
{
	for (;;) {
		char *block = malloc(1 << 20);

		if (block)
			memset(block, 1, 1 << 20);
	}
}

static void *fill_memory_here(void *unused)
{
	fill_memory();
	return unused;
}

static void reach(const char *how)
{
	if (!strcmp(how, "cpu-soft")) {
		limit(RLIMIT_CPU, 1, 5);
		spin();
	}
	if (!strcmp(how, "cpu-hard")) {
		signal(SIGXCPU, SIG_IGN);
		limit(RLIMIT_CPU, 1, 2);
		spin();
	}
	if (!strcmp(how, "real-time"))
		run_real_time();
	if (!strcmp(how, "real-time-hard"))
		run_real_time_on();
	if (!strcmp(how, "file-size")) {
		limit(RLIMIT_FSIZE, 4096, 4096);
		fill_file(0);
	}
	if (!strcmp(how, "file-length")) {
		limit(RLIMIT_FSIZE, 65536, 65536);
		fill_file(1);
	}
	if (!strcmp(how, "pipe"))
		write_to_closed_pipe(0);
	if (!strcmp(how, "pipe-thread"))
		in_thread(write_to_closed_pipe);
	if (!strcmp(how, "socket"))
		send_to_closed_socket();
	if (!strcmp(how, "interval"))
		let_interval_end_it(ITIMER_REAL);
	if (!strcmp(how, "alarm")) {
		alarm(1);
		pause();
	}
	if (!strcmp(how, "profile-timer"))
		let_interval_end_it(ITIMER_PROF);
	if (!strcmp(how, "virtual-timer"))
		let_interval_end_it(ITIMER_VIRTUAL);
	if (!strcmp(how, "posix-timer"))
		let_timer_end_it(SIGEV_SIGNAL);
	if (!strcmp(how, "thread-timer"))
		let_timer_end_it(SIGEV_THREAD_ID);
	if (!strcmp(how, "fill"))
		fill_memory();
	if (!strcmp(how, "fill-thread"))
		in_thread(fill_memory_here);
}

#endif
