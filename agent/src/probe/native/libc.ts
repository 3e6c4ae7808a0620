import koffi from 'koffi';

const libc = koffi.load(null);

const Timespec = koffi.struct({ seconds: 'int64_t', nanoseconds: 'long' });

const mmapCall = libc.func('mmap', 'void *', ['void *', 'size_t', 'int', 'int', 'int', 'int64_t']);
const munmapCall = libc.func('munmap', 'int', ['void *', 'size_t']);
const madviseCall = libc.func('madvise', 'int', ['uint64_t', 'size_t', 'int']);
const closeCall = libc.func('close', 'int', ['int']);
const flockCall = libc.func('flock', 'int', ['int', 'int']);
const mountCall = libc.func('mount', 'int', ['str', 'str', 'str', 'ulong', 'void *']);
const strerrorCall = libc.func('strerror', 'str', ['int']);
const clockCall = libc.func('clock_gettime', 'int', ['int', koffi.out(koffi.pointer(Timespec))]);
const resolutionCall = libc.func('clock_getres', 'int', [
  'int',
  koffi.out(koffi.pointer(Timespec)),
]);
const trimCall = libc.func('malloc_trim', 'int', ['size_t']);
const pageSizeCall = libc.func('getpagesize', 'int', []);

export type Pointer = bigint;

const protRead = 1;
const protWrite = 2;
const mapShared = 1;
const mapFixed = 0x10;
const adviceDontNeed = 4;
const mapFailed = 0xffff_ffff_ffff_ffffn;
const lockExclusive = 2;
const lockNonBlocking = 4;

/** errno values that are told apart, errno(3). */
export const errno = {
  EPERM: 1,
  ENOENT: 2,
  EAGAIN: 11,
  EACCES: 13,
  EEXIST: 17,
  EINVAL: 22,
} as const;

/** `2` → `No such file or directory`. */
export const errorText = (number: number): string => strerrorCall(Math.abs(number)) as string;

/** errno of the last foreign call. */
export const lastErrno = (): number => koffi.errno();

/** Gives memory that was freed back to the system, malloc_trim(3). */
export const trimMemory = (): void => void trimCall(0);

/** Bytes of a memory page of this machine. */
export const pageSizeBytes: number = pageSizeCall() as number;

/** Maps `bytes` of `fd` from `offset`, shared; throws with the reason. */
export function mapShare(fd: number, offset: number, bytes: number, writable: boolean): Pointer {
  const protection = writable ? protRead | protWrite : protRead;
  const pointer = koffi.address(mmapCall(null, bytes, protection, mapShared, fd, offset));
  if (pointer === mapFailed)
    throw new Error(`mmap of ${bytes} bytes of descriptor ${fd} failed: ${errorText(lastErrno())}`);
  return pointer;
}

/** Puts another part of `fd` in the place of what {@link mapShare} mapped for reading at `pointer`. */
export function remapShare(pointer: Pointer, fd: number, offset: number, bytes: number): void {
  const now = koffi.address(mmapCall(pointer, bytes, protRead, mapShared | mapFixed, fd, offset));
  if (now !== pointer)
    throw new Error(`mmap of ${bytes} bytes of descriptor ${fd} failed: ${errorText(lastErrno())}`);
}

export function unmap(pointer: Pointer, bytes: number): void {
  if (munmapCall(pointer, bytes) !== 0) throw new Error(`munmap failed: ${errorText(lastErrno())}`);
}

/** Unmaps the pages of a mapping until they are used again, madvise(2); of a private one, what was written is lost. */
export function dropPages(address: Pointer, bytes: number): void {
  if (madviseCall(address, bytes, adviceDontNeed) !== 0)
    throw new Error(`madvise of ${bytes} bytes failed: ${errorText(lastErrno())}`);
}

export function closeDescriptor(fd: number): void {
  if (closeCall(fd) !== 0)
    throw new Error(`closing descriptor ${fd} failed: ${errorText(lastErrno())}`);
}

/** Takes an exclusive lock that ends with the process; false when another one holds it. */
export function tryLock(fd: number): boolean {
  if (flockCall(fd, lockExclusive | lockNonBlocking) === 0) return true;
  if (lastErrno() === errno.EAGAIN) return false;
  throw new Error(`flock of descriptor ${fd} failed: ${errorText(lastErrno())}`);
}

/** Mounts a bpf file system; null, or why it failed. */
export function mountBpfFileSystem(path: string): string | null {
  return mountCall('bpf', path, 'bpf', 0, null) === 0 ? null : errorText(lastErrno());
}

/** clock_gettime(2) in whole microseconds. */
export function clockUs(clock: 'realtime' | 'boottime'): number {
  const time = { seconds: 0, nanoseconds: 0 };
  clockCall(clock === 'realtime' ? 0 : 7, time);
  return Number(time.seconds) * 1_000_000 + Math.floor(Number(time.nanoseconds) / 1000);
}

const clockRealtimeCoarse = 5;
const nsPerUs = 1000;

/** Microseconds of a tick of the kernel (1/CONFIG_HZ): its coarse clocks advance by it, clock_getres(2). */
export const tickUs: number = (() => {
  const time = { seconds: 0, nanoseconds: 0 };
  resolutionCall(clockRealtimeCoarse, time);
  return Number(time.nanoseconds) / nsPerUs;
})();
