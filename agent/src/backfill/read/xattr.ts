import koffi from 'koffi';

const libc = koffi.load(null);
const getxattr = libc.func('long getxattr(str path, str name, _Out_ uint8_t *value, size_t size)');

const mostBytes = 4096;

/** An extended attribute as text, getxattr(2); null when the file has no such one. */
export function attributeOf(path: string, name: string): string | null {
  const value = Buffer.alloc(mostBytes);
  const size = Number(getxattr(path, name, value, value.length));
  return size < 0 ? null : value.toString('utf8', 0, size);
}
