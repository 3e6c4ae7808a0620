import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { bpfError, libbpf } from '../native/libbpf.ts';
import { closeDescriptor } from '../native/libc.ts';
import { openMap, type Pins } from './pins.ts';

/*
 * Whose the pins are: a map of one value, the inode of the agent's mount namespace (u64), then the
 * path of its state directory, ended by NUL. Where a path leads depends on that namespace.
 */
const fileName = 'owner';
const arrayMap = 2;
const pathAt = 8;
const pathBytes = 4096;
const only = Buffer.alloc(4);

const mountNamespace = (): bigint => BigInt(statSync('/proc/self/ns/mnt').ino);

/** Notes whose the pins are, unless that stands there. A path that does not fit is left out. */
export function noteOwner(pins: Pins, stateDir: string): void {
  const file = join(pins.path, fileName);
  const path = Buffer.from(stateDir);
  if (existsSync(file) || path.length >= pathBytes) return;
  const value = Buffer.alloc(pathAt + pathBytes);
  value.writeBigUInt64LE(mountNamespace());
  path.copy(value, pathAt);
  const fd = libbpf().mapCreate(arrayMap, fileName, only.length, value.length, 1);
  if (fd < 0) throw bpfError('making the map owner', fd);
  const written = libbpf().update(fd, only, value, 0);
  const pinned = written < 0 ? written : libbpf().objPin(fd, file);
  const failure = pinned < 0 ? bpfError(`pinning the map owner at ${file}`, pinned) : null;
  closeDescriptor(fd);
  if (failure) throw failure;
}

/** The state directory of whoever pinned what is in `folder`; null where it cannot be told from here. */
export function ownerOf(folder: string): string | null {
  const fd = openMap(join(folder, fileName));
  if (fd === null) return null;
  const value = Buffer.alloc(pathAt + pathBytes);
  const result = libbpf().lookup(fd, only, value);
  closeDescriptor(fd);
  if (result < 0 || value.readBigUInt64LE() !== mountNamespace()) return null;
  return value.toString('utf8', pathAt, value.indexOf(0, pathAt));
}
