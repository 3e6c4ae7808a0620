/*
 * The only process of a guest: loads /probe.bpf.o, lets one process kill another and be refused, and prints what
 * the probe recorded, a line `guest: KEY=VALUE …` each; then powers the machine off. The TypeScript
 * beside this judges the lines.
 */
#define _GNU_SOURCE
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

typedef uint8_t u8;
typedef uint16_t u16;
typedef uint32_t u32;
typedef uint64_t u64;
typedef int16_t s16;
typedef int32_t s32;
typedef int64_t s64;

#include "records.h"

static const char *const programs[] = {"on_exec", "on_signal", "on_refused", "on_exit"};

static void say(const char *format, ...)
{
	va_list values;

	printf("guest: ");
	va_start(values, format);
	vprintf(format, values);
	va_end(values);
	printf("\n");
	fflush(stdout);
}

static void end(int failed)
{
	say("end failed=%d", failed);
	usleep(200000);
	reboot(RB_POWER_OFF);
	_exit(failed);
}

static int print_libbpf(enum libbpf_print_level level, const char *format, va_list values)
{
	return level == LIBBPF_WARN ? vprintf(format, values) : 0;
}

static int on_record(void *unused, void *data, size_t size)
{
	const struct coroner_death *death = data;

	(void)unused;
	if (size < sizeof(struct coroner_head) || death->head.kind != CORONER_DEATH)
		return 0;
	const struct coroner_signal *last = &death->slots[0];

	say("death pid=%u comm=%s status=%d signal=%u sender=%u group=%d argv=%u cgroup=%u",
	    death->process.key.tgid, death->process.comm, death->exit_code, last->signal,
	    last->sender.tgid, last->flags & SIGNAL_GROUP, death->process.argv_len,
	    death->process.cgroup_len);
	return 0;
}

static void leave_with_three(int number)
{
	(void)number;
	_exit(3);
}

/* A process that waits; of the second kind, SIGTERM makes it exit with status 3. */
static pid_t victim(int catches)
{
	pid_t pid = fork();

	if (pid)
		return pid;
	if (catches)
		signal(SIGTERM, leave_with_three);
	for (;;)
		pause();
}

static void kill_by_another(const char *name, pid_t pid, int number)
{
	pid_t sender = fork();
	int status;

	if (sender == 0)
		_exit(kill(pid, number) != 0);
	waitpid(sender, &status, 0);
	waitpid(pid, &status, 0);
	say("truth name=%s pid=%d sender=%d status=%d", name, pid, sender, status);
}

/* Nobody may kill the first process. */
static void be_refused(void)
{
	pid_t sender = fork();

	if (sender == 0)
		_exit(setuid(65534) || !kill(1, SIGKILL));
	waitpid(sender, 0, 0);
	say("refused sender=%d target=1 signal=%d", sender, SIGKILL);
}

static void say_misses(int misses)
{
	struct coroner_miss_key key, *last = 0;

	for (; !bpf_map_get_next_key(misses, last, &key); last = &key)
		say("miss sender=%u target=%u signal=%u result=%u", key.sender, key.target, key.signal,
		    key.result);
}

static void set_up(void)
{
	mkdir("/dev", 0755);
	mkdir("/proc", 0755);
	mkdir("/sys", 0755);
	mount("devtmpfs", "/dev", "devtmpfs", 0, 0);
	mount("proc", "/proc", "proc", 0, 0);
	mount("sysfs", "/sys", "sysfs", 0, 0);
	int console = open("/dev/console", O_RDWR);

	for (int to = 0; console >= 0 && to < 3; to++)
		dup2(console, to);
}

int main(void)
{
	struct utsname name;
	struct timespec now;
	struct ring_buffer *ring;

	set_up();
	uname(&name);
	clock_gettime(CLOCK_BOOTTIME, &now);
	say("kernel release=%s up=%ld.%03ld", name.release, (long)now.tv_sec, now.tv_nsec / 1000000);
	libbpf_set_print(print_libbpf);
	struct bpf_object *object = bpf_object__open_file("/probe.bpf.o", 0);

	if (!object || bpf_object__load(object))
		end(1);
	say("loaded");
	for (unsigned i = 0; i < sizeof(programs) / sizeof(*programs); i++)
		if (!bpf_program__attach(bpf_object__find_program_by_name(object, programs[i])))
			end(2);
	say("attached");
	ring = ring_buffer__new(bpf_object__find_map_fd_by_name(object, "ring"), on_record, 0, 0);
	if (!ring)
		end(3);
	pid_t waiting = victim(0), catching = victim(1);

	/* Until the second has its handler. */
	sleep(1);
	kill_by_another("killed", waiting, SIGKILL);
	kill_by_another("asked", catching, SIGTERM);
	be_refused();
	ring_buffer__consume(ring);
	say_misses(bpf_object__find_map_fd_by_name(object, "misses"));
	end(0);
}
