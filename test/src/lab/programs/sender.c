/* sender HOW PID SIGNAL: sends the signal by one particular system call, and is gone at once. */
#define _GNU_SOURCE
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	if (argc != 4)
		return 2;
	int pid = atoi(argv[2]), number = atoi(argv[3]);
	union sigval value = {.sival_int = 7};

	if (!strcmp(argv[1], "kill"))
		return kill(pid, number) != 0;
	if (!strcmp(argv[1], "kill-group"))
		return kill(-pid, number) != 0;
	if (!strcmp(argv[1], "tgkill"))
		return syscall(SYS_tgkill, pid, pid, number) != 0;
	if (!strcmp(argv[1], "sigqueue"))
		return sigqueue(pid, number, value) != 0;
	if (!strcmp(argv[1], "pidfd"))
		return syscall(SYS_pidfd_send_signal, syscall(SYS_pidfd_open, pid, 0), number, 0, 0) != 0;
	return 2;
}
