import koffi, { type LibraryHandle } from 'koffi';
import { errno, errorText, lastErrno, type Pointer } from './libc.ts';

const libraryName = 'libbpf.so.1';
const notFound = /cannot open shared object file|No such file/i;

/** The part of libbpf's C interface that the loader uses; a negative result is an errno. */
export interface Libbpf {
  objectOpenFile(path: string, options: Buffer | null): Pointer;
  objectLoad(object: Pointer): number;
  objectClose(object: Pointer): void;
  findMap(object: Pointer, name: string): Pointer;
  findProgram(object: Pointer, name: string): Pointer;
  mapInitialValue(map: Pointer, size: [number]): Pointer;
  mapSetMaxEntries(map: Pointer, entries: number): number;
  mapReuseFd(map: Pointer, fd: number): number;
  mapFd(map: Pointer): number;
  mapPin(map: Pointer, path: string): number;
  mapCreate(
    type: number,
    name: string,
    keyBytes: number,
    valueBytes: number,
    entries: number,
  ): number;
  programSetAutoload(program: Pointer, load: boolean): number;
  programAttach(program: Pointer): Pointer;
  linkPin(link: Pointer, path: string): number;
  linkDestroy(link: Pointer): number;
  objGet(path: string): number;
  objPin(fd: number, path: string): number;
  lookup(mapFd: number, key: Buffer, value: Buffer): number;
  update(mapFd: number, key: Buffer, value: Buffer, flags: number): number;
  delete(mapFd: number, key: Buffer): number;
  /** 0, or -ENOENT; -ENOTSUPP (524) for hash maps before Linux 5.14. */
  take(mapFd: number, key: Buffer, value: Buffer): number;
  /** The key after `key`, or the first for null. */
  nextKey(mapFd: number, key: Buffer | null, next: Buffer): number;
  /** Up to `count[0]` entries from where `from` says (null = the start) into the buffers; -ENOENT with the last. */
  lookupBatch(
    mapFd: number,
    from: Buffer | null,
    next: Buffer,
    keys: Buffer,
    values: Buffer,
    count: Buffer,
  ): number;
  objInfo(fd: number, info: Buffer, length: Buffer): number;
  possibleCpus(): number;
}

function open(): LibraryHandle {
  try {
    return koffi.load(libraryName);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(
      notFound.test(reason)
        ? `${libraryName} is not installed; install it with "apt-get install libbpf1" (or your distribution's libbpf ≥ 1.0)`
        : `${libraryName} cannot be loaded: ${reason}`,
      { cause: error },
    );
  }
}

function bind(library: LibraryHandle): Libbpf {
  const pointer =
    (name: string, types: string[]) =>
    (...values: unknown[]): Pointer =>
      koffi.address(native(name, 'void *', types)(...values));
  const bound = new Map<string, (...values: unknown[]) => unknown>();
  function native(name: string, result: string, types: string[]) {
    const known = bound.get(name);
    if (known) return known;
    const made = library.func(name, result, types) as (...values: unknown[]) => unknown;
    bound.set(name, made);
    return made;
  }
  const number =
    (name: string, types: string[]) =>
    (...values: unknown[]): number =>
      native(name, 'int', types)(...values) as number;
  native('libbpf_set_print', 'void *', ['void *'])(null);
  return {
    objectOpenFile: pointer('bpf_object__open_file', ['str', 'void *']),
    objectLoad: number('bpf_object__load', ['void *']),
    objectClose: (object) => void native('bpf_object__close', 'void', ['void *'])(object),
    findMap: pointer('bpf_object__find_map_by_name', ['void *', 'str']),
    findProgram: pointer('bpf_object__find_program_by_name', ['void *', 'str']),
    mapInitialValue: (map, size) =>
      koffi.address(
        library.func('void *bpf_map__initial_value(void *map, _Out_ size_t *size)')(map, size),
      ),
    mapSetMaxEntries: number('bpf_map__set_max_entries', ['void *', 'uint32_t']),
    mapReuseFd: number('bpf_map__reuse_fd', ['void *', 'int']),
    mapFd: number('bpf_map__fd', ['void *']),
    mapPin: number('bpf_map__pin', ['void *', 'str']),
    mapCreate: (type, name, keyBytes, valueBytes, entries) =>
      native('bpf_map_create', 'int', ['int', 'str', 'uint32_t', 'uint32_t', 'uint32_t', 'void *'])(
        type,
        name,
        keyBytes,
        valueBytes,
        entries,
        null,
      ) as number,
    programSetAutoload: number('bpf_program__set_autoload', ['void *', 'bool']),
    programAttach: pointer('bpf_program__attach', ['void *']),
    linkPin: number('bpf_link__pin', ['void *', 'str']),
    linkDestroy: number('bpf_link__destroy', ['void *']),
    objGet: number('bpf_obj_get', ['str']),
    objPin: number('bpf_obj_pin', ['int', 'str']),
    lookup: number('bpf_map_lookup_elem', ['int', 'void *', 'void *']),
    update: number('bpf_map_update_elem', ['int', 'void *', 'void *', 'uint64_t']),
    delete: number('bpf_map_delete_elem', ['int', 'void *']),
    take: number('bpf_map_lookup_and_delete_elem', ['int', 'void *', 'void *']),
    nextKey: number('bpf_map_get_next_key', ['int', 'void *', 'void *']),
    lookupBatch: (mapFd, from, next, keys, values, count) =>
      native('bpf_map_lookup_batch', 'int', ['int', ...Array.from({ length: 6 }, () => 'void *')])(
        mapFd,
        from,
        next,
        keys,
        values,
        count,
        null,
      ) as number,
    objInfo: number('bpf_obj_get_info_by_fd', ['int', 'void *', 'void *']),
    possibleCpus: number('libbpf_num_possible_cpus', []),
  };
}

let loaded: Libbpf | null = null;

/** The distribution's libbpf, opened once. Throws with what to install when it is not there. */
export function libbpf(): Libbpf {
  loaded ??= bind(open());
  return loaded;
}

/** `what failed: reason; what to do` for a negative result or the errno of a null pointer. */
export function bpfError(what: string, result = -lastErrno()): Error {
  const number = Math.abs(result);
  const hint =
    number === errno.EPERM || number === errno.EACCES
      ? '; run the agent as root, or with CAP_BPF and CAP_PERFMON (and CAP_SYS_RESOURCE before Linux 5.11)'
      : '';
  return new Error(`${what} failed: ${errorText(number)} (errno ${number})${hint}`);
}
