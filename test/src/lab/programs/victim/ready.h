/* How a victim and its laboratory speak: "ready PID" on standard output, one byte on standard input. */
#ifndef LAB_READY_H
#define LAB_READY_H

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

static void spin(void)
{
	for (;;)
		;
}

static void in_thread(void *(*run)(void *))
{
	pthread_t thread;

	pthread_create(&thread, 0, run, 0);
	pthread_join(thread, 0);
}

#endif
