/* Victims that wait for somebody else to end them, each with another answer to a signal. */
#ifndef LAB_WAITS_H
#define LAB_WAITS_H

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

static void handle(int number, void (*handler)(int))
{
	signal(number, handler);
	sleep_for_ever();
}

static void say_that_it_lives(int number)
{
	(void)number;
	write(1, "survived\n", 9);
}

/* Catches the signal once; the next one ends it. */
static void survive_once(int number)
{
	struct sigaction once = {.sa_handler = say_that_it_lives, .sa_flags = SA_RESETHAND};

	sigaction(number, &once, 0);
	sleep_for_ever();
}

static void block_for_a_while(int number)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, number);
	sigprocmask(SIG_BLOCK, &set, 0);
	ready();
	usleep(300000);
	sigprocmask(SIG_UNBLOCK, &set, 0);
	for (;;)
		pause();
}

static void take_synchronously(int number)
{
	sigset_t set;
	int taken;

	sigemptyset(&set);
	sigaddset(&set, number);
	sigprocmask(SIG_BLOCK, &set, 0);
	ready();
	sigwait(&set, &taken);
	exit(0);
}

static char *own_path;

static void *sleep_in_thread(void *unused)
{
	sleep_for_ever();
	return unused;
}

/* exec(2) of a thread that is not the leader: the thread takes the leader's pid. */
static void *become_another(void *unused)
{
	execl(own_path, own_path, "sleep", (char *)0);
	return unused;
}

static void leave_leader_as_zombie(void)
{
	pthread_t thread;

	pthread_create(&thread, 0, sleep_in_thread, 0);
	pthread_exit(0);
}

/* Data that arrives on standard input raises a signal, in the context of whoever writes. */
static void be_told_of_input(int number)
{
	if (number)
		fcntl(0, F_SETSIG, number);
	fcntl(0, F_SETOWN, getpid());
	fcntl(0, F_SETFL, fcntl(0, F_GETFL) | O_ASYNC);
	sleep_for_ever();
}

static void wait_for(const char *how)
{
	if (!strcmp(how, "sleep"))
		sleep_for_ever();
	if (!strcmp(how, "catch-term"))
		handle(SIGTERM, exit_zero);
	if (!strcmp(how, "catch-hup"))
		handle(SIGHUP, exit_with_signal);
	if (!strcmp(how, "catch-int"))
		handle(SIGINT, exit_with_signal);
	if (!strcmp(how, "catch-term-143"))
		handle(SIGTERM, exit_with_signal);
	if (!strcmp(how, "re-raise-term"))
		handle(SIGTERM, re_raise);
	if (!strcmp(how, "re-raise-int"))
		handle(SIGINT, re_raise);
	if (!strcmp(how, "ignore-term"))
		handle(SIGTERM, SIG_IGN);
	if (!strcmp(how, "survive-term"))
		survive_once(SIGTERM);
	if (!strcmp(how, "block-term"))
		block_for_a_while(SIGTERM);
	if (!strcmp(how, "take-term"))
		take_synchronously(SIGTERM);
	if (!strcmp(how, "zombie-leader"))
		leave_leader_as_zombie();
	if (!strcmp(how, "exec-in-thread"))
		in_thread(become_another);
	if (!strcmp(how, "input-signal"))
		be_told_of_input(0);
	if (!strcmp(how, "input-fault"))
		be_told_of_input(SIGSEGV);
	if (!strcmp(how, "input-siginfo"))
		be_told_of_input(SIGUSR1);
}

#endif
