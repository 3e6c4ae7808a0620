/* Ends of its own doing: exits, signals to itself, programs that cannot be executed. */
#ifndef LAB_ENDS_H
#define LAB_ENDS_H

static void *exit_seven(void *unused)
{
	exit(7);
	return unused;
}

static void *exit_well(void *unused)
{
	exit(0);
	return unused;
}

/* Not by returning: glibc calls exit_group(2) when its last thread returns. */
static void *linger(void *unused)
{
	usleep(200000);
	syscall(SYS_exit, 0);
	return unused;
}

static void *kill_own_process(void *unused)
{
	kill(getpid(), SIGKILL);
	return unused;
}

static void leave_it_to_a_thread(void)
{
	pthread_t thread;

	pthread_create(&thread, 0, linger, 0);
	pthread_exit(0);
}

static void queue_to_self(void)
{
	union sigval value = {.sival_int = 7};

	sigqueue(getpid(), SIGUSR2, value);
}

static void end(const char *how)
{
	if (!strcmp(how, "self-kill"))
		kill(getpid(), SIGKILL);
	if (!strcmp(how, "self-kill-thread"))
		in_thread(kill_own_process);
	if (!strcmp(how, "self-queue"))
		queue_to_self();
	if (!strcmp(how, "own-group")) {
		setpgid(0, 0);
		kill(0, SIGTERM);
	}
	if (!strcmp(how, "raise-term"))
		raise(SIGTERM);
	if (!strcmp(how, "call-on"))
		for (;;)
			syscall(SYS_getppid);
	if (!strcmp(how, "exit-well-thread"))
		in_thread(exit_well);
	if (!strcmp(how, "exit-thread"))
		in_thread(exit_seven);
	if (!strcmp(how, "last-thread"))
		leave_it_to_a_thread();
	if (!strcmp(how, "only-thread"))
		syscall(SYS_exit, 0);
}

#endif
