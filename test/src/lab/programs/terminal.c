/*
 * terminal HOW VICTIM [ARGS]: runs the victim on a new pseudo-terminal and copies its output. For one
 * byte on standard input it types ^C (interrupt) or ^\ (quit), closes the terminal (hangup), or lets
 * the session's leader end, of which the victim is a child in the foreground (leave).
 */
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void leave(int number)
{
	_exit(number == 0);
}

/* The leader of the session, with the victim in a process group of its own before the terminal. */
static void lead(char **argv)
{
	int child = fork();

	if (child == 0) {
		setpgid(0, 0);
		signal(SIGTTOU, SIG_IGN);
		tcsetpgrp(0, getpid());
		signal(SIGTTOU, SIG_DFL);
		execv(argv[0], argv);
		_exit(127);
	}
	signal(SIGUSR1, leave);
	for (;;)
		pause();
}

int main(int argc, char **argv)
{
	char buffer[4096];
	int master;

	if (argc < 3)
		return 2;
	int leaves = !strcmp(argv[1], "leave");
	int child = forkpty(&master, 0, 0, 0);

	if (child == 0) {
		if (leaves)
			lead(argv + 2);
		execv(argv[2], argv + 2);
		_exit(127);
	}
	struct pollfd watched[2] = {{.fd = 0, .events = POLLIN}, {.fd = master, .events = POLLIN}};

	while (poll(watched, 2, -1) > 0) {
		if (watched[1].revents) {
			long size = read(master, buffer, sizeof(buffer));

			if (size <= 0)
				break;
			write(1, buffer, size);
		}
		if (watched[0].revents) {
			read(0, buffer, 1);
			watched[0].fd = -1;
			if (!strcmp(argv[1], "hangup"))
				break;
			if (leaves)
				kill(child, SIGUSR1);
			else
				write(master, !strcmp(argv[1], "quit") ? "\034" : "\003", 1);
		}
	}
	close(master);
	waitpid(child, 0, 0);
	return 0;
}
