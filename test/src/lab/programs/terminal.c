/*
 * terminal HOW VICTIM [ARGS]: runs the victim on a new pseudo-terminal and copies its output. For one
 * byte on standard input it types ^C (interrupt) or ^\ (quit), or closes the terminal (hangup).
 */
#include <poll.h>
#include <pty.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	char buffer[4096];
	int master;

	if (argc < 3)
		return 2;
	int child = forkpty(&master, 0, 0, 0);

	if (child == 0) {
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
			write(master, !strcmp(argv[1], "quit") ? "\034" : "\003", 1);
		}
	}
	close(master);
	waitpid(child, 0, 0);
	return 0;
}
