/*
 * Ends in the way that its first argument names; prints "ready PID" when everything is set up, and
 * then waits for one byte on standard input where the end is its own doing.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/seccomp.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "ready.h"
#include "ends.h"
#include "faults.h"
#include "limits.h"
#include "waits.h"

int main(int argc, char **argv)
{
	const char *how = argc > 1 ? argv[1] : "sleep";

	own_path = argv[0];
	limit(RLIMIT_CORE, 0, 0);
	wait_for(how);
	wait_for_go();
	if (!strcmp(how, "exec"))
		execv(argv[2], argv + 2);
	fault(how);
	reach(how);
	end(how);
	return argc > 2 ? atoi(argv[2]) : 0;
}
