/* Ends that the processor, the C library or a filter of its own brings about. */
#ifndef LAB_FAULTS_H
#define LAB_FAULTS_H

static volatile int *volatile nowhere = (int *)16;
static volatile int *volatile not_canonical = (int *)0x8000000000000000;

static void *write_nowhere(void *unused)
{
	*nowhere = 1;
	return unused;
}

static void *abort_here(void *unused)
{
	abort();
	return unused;
}

static void touch_missing_page(void)
{
	FILE *file = tmpfile();
	char *page = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fileno(file), 0);

	page[0] = 1;
}

static int grow_stack(int depth)
{
	volatile char frame[4096];

	frame[0] = (char)depth;
	return grow_stack(depth + 1) + frame[0];
}

static void free_twice(void)
{
	char *volatile block = malloc(2000);

	free(block);
	free(block);
}

/* Another process cannot forge the siginfo of a fault; the process itself can. */
static void forge_fault(void)
{
	siginfo_t info = {.si_signo = SIGSEGV, .si_code = SEGV_MAPERR};

	syscall(SYS_rt_sigqueueinfo, getpid(), SIGSEGV, &info);
}

static void forge_fault_of_thread(void)
{
	siginfo_t info = {.si_signo = SIGSEGV, .si_code = SEGV_MAPERR};

	syscall(SYS_rt_tgsigqueueinfo, getpid(), getpid(), SIGSEGV, &info);
}

static void poison_own_page(void)
{
	char *page = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	page[0] = 1;
	if (madvise(page, 4096, MADV_HWPOISON))
		_exit(1);
	page[0] = 2;
}

static void forbid_getppid(unsigned int action)
{
	/* Offsets and opcodes of linux/filter.h: load the call's number, act on getppid, else allow. */
	struct { unsigned short code; unsigned char jt, jf; unsigned int k; } code[] = {
		{0x20, 0, 0, 0},
		{0x15, 0, 1, SYS_getppid},
		{0x06, 0, 0, action},
		{0x06, 0, 0, SECCOMP_RET_ALLOW},
	};
	struct { unsigned short len; void *filter; } program = {4, code};

	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program);
	syscall(SYS_getppid);
}

/* Nothing but read, write, _exit and sigreturn is allowed then. */
static void forbid_all(void)
{
	prctl(PR_SET_SECCOMP, SECCOMP_MODE_STRICT);
	syscall(SYS_getppid);
}

static void fault(const char *how)
{
	volatile int zero = 0;

	if (!strcmp(how, "segv"))
		write_nowhere(0);
	if (!strcmp(how, "segv-thread"))
		in_thread(write_nowhere);
	if (!strcmp(how, "write-to-constant"))
		*(volatile char *)mmap(0, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) = 1;
	if (!strcmp(how, "not-canonical"))
		*not_canonical = 1;
	if (!strcmp(how, "jump-to-null"))
		((void (*)(void))(unsigned long)zero)();
	if (!strcmp(how, "stack-overflow"))
		grow_stack(0);
	if (!strcmp(how, "fpe"))
		_exit(7 / zero);
	if (!strcmp(how, "ill"))
		__builtin_trap();
	if (!strcmp(how, "int3"))
		__asm__ volatile("int3");
	if (!strcmp(how, "bus"))
		touch_missing_page();
	if (!strcmp(how, "forged-fault"))
		forge_fault();
	if (!strcmp(how, "forged-fault-of-thread"))
		forge_fault_of_thread();
	if (!strcmp(how, "abort"))
		abort();
	if (!strcmp(how, "abort-thread"))
		in_thread(abort_here);
	if (!strcmp(how, "free-twice"))
		free_twice();
	if (!strcmp(how, "poisoned-page"))
		poison_own_page();
	if (!strcmp(how, "seccomp"))
		forbid_getppid(SECCOMP_RET_KILL_PROCESS);
	if (!strcmp(how, "seccomp-thread"))
		forbid_getppid(SECCOMP_RET_KILL_THREAD);
	if (!strcmp(how, "seccomp-trap"))
		forbid_getppid(SECCOMP_RET_TRAP);
	if (!strcmp(how, "seccomp-strict"))
		forbid_all();
}

#endif
