import { type FSWatcher, watch } from 'node:fs';

/**
 * Calls `onChange` with the folder and the name of what changed in it. A folder that is not there
 * (yet, or any more) is tried again by `retry`, which the caller calls now and then.
 */
export function watchFolders(
  folders: readonly string[],
  onChange: (folder: string, name: string | null) => void,
): { retry(): void; stop(): void } {
  const watchers = new Map<string, FSWatcher>();
  const retry = (): void => {
    for (const folder of folders) if (!watchers.has(folder)) begin(folder);
  };
  retry();
  return {
    retry,
    stop() {
      for (const watcher of watchers.values()) watcher.close();
      watchers.clear();
    },
  };

  function begin(folder: string): void {
    try {
      const watcher = watch(folder, (event, name) => {
        onChange(folder, name);
        // The folder itself was moved or removed: what is there then is another one.
        if (event === 'rename' && name !== null && folder.endsWith(`/${name}`)) end(folder);
      });
      watcher.on('error', () => end(folder));
      watchers.set(folder, watcher);
    } catch {
      // Not there, not readable, or no inotify watch left: the slow re-scan covers it.
    }
  }

  function end(folder: string): void {
    watchers.get(folder)?.close();
    watchers.delete(folder);
  }
}
