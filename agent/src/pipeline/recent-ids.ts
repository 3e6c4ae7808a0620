const remembered = 4096;

/**
 * Tells whether an id came before, among the last few thousand: what a source reads once more after
 * a restart is not spooled twice.
 */
export function recentIds(known: readonly string[]): (id: string) => boolean {
  const ids = new Set(known);
  return (id) => {
    if (ids.has(id)) return true;
    ids.add(id);
    if (ids.size > remembered) {
      for (const oldest of ids) {
        ids.delete(oldest);
        break;
      }
    }
    return false;
  };
}
