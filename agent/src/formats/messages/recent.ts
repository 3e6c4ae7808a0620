/** A map that remembers the `size` newest keys; for state that a log may never close. */
export interface Recent<Value> {
  get(key: string): Value | undefined;
  set(key: string, value: Value): void;
  /** Forgets the key and returns its value. */
  take(key: string): Value | undefined;
}

export function recent<Value>(size: number): Recent<Value> {
  const map = new Map<string, Value>();
  return {
    get: (key) => map.get(key),
    set(key, value) {
      map.delete(key);
      map.set(key, value);
      if (map.size <= size) return;
      for (const oldest of map.keys()) {
        map.delete(oldest);
        return;
      }
    },
    take(key) {
      const value = map.get(key);
      map.delete(key);
      return value;
    },
  };
}
