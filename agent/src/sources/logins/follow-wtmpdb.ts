import { existsSync } from 'node:fs';
import { watchFolders } from '../../following/folders.ts';
import { lostGap } from '../../following/lost.ts';
import type { Emit } from '../../source.ts';
import { hasSqlite, wtmpdbEvents, wtmpdbFolder, wtmpdbPath } from '../../wtmpdb.ts';

const settleMs = 200;

/** Tells what is new in the database of wtmpdb whenever it changes. */
export function followWtmpdb(at: (path: string) => string, host: string, emit: Emit) {
  const told = new Set<string>();
  let hasFailed = false;
  let settling: NodeJS.Timeout | null = null;
  let reading: Promise<void> = Promise.resolve();
  const readSoon = (): void => {
    settling ??= setTimeout(() => {
      settling = null;
      reading = reading.then(read);
    }, settleMs);
  };
  const folder = watchFolders([at(wtmpdbFolder)], readSoon);
  if (existsSync(at(wtmpdbPath))) readSoon();
  return {
    async stop() {
      if (settling) clearTimeout(settling);
      folder.stop();
      await reading;
    },
  };

  /** Locked by a writer is no loss: the change that its commit makes reads it again. */
  function complain({ message }: Error): null {
    if (!hasFailed && !/database is locked/.test(message))
      emit(lostGap('logins', at(wtmpdbPath), message));
    hasFailed = true;
    return null;
  }

  async function read(): Promise<void> {
    if (!hasSqlite()) return;
    const events = await wtmpdbEvents(at(wtmpdbPath), host).catch(complain);
    if (events === null) return;
    hasFailed = false;
    for (const event of events) if (!told.has(event.id ?? '')) emit(event);
    told.clear();
    for (const { id } of events) told.add(id ?? '');
  }
}
