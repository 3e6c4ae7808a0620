import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { until } from '../../stack/until.ts';

const plugin = 'rsyslog/ompgsql.so';
const libraries = ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu', '/usr/lib64'];
const batch = 500;

/** Why it cannot run here; null when it can. */
export function withoutRsyslog(): string | null {
  if (libraries.some((folder) => existsSync(join(folder, plugin)))) return null;
  return `there is no ${plugin}: apt-get install rsyslog rsyslog-pgsql`;
}

/**
 * What rsyslog takes, in ms, to bring the rows of `events` into a table with the same columns and
 * indexes: it follows a file of JSON lines, and ompgsql inserts in transactions of 500.
 */
export async function rsyslogMs(database: pg.Client, url: string): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'coroner-bench-rsyslog-'));
  const input = join(folder, 'events.log');
  await database.query('create table logged (like events including all)');
  const { rows } = await database.query<{ line: string }>(
    'select to_jsonb(events)::text as line from events',
  );
  writeFileSync(input, '');
  writeFileSync(join(folder, 'rsyslog.conf'), configuration(folder, input, url));
  const args = ['-n', '-i', 'NONE', '-f', join(folder, 'rsyslog.conf')];
  const server = spawn('rsyslogd', args, { stdio: 'ignore' });
  const ended = once(server, 'exit');
  const stored = async (count: number) => {
    await until(`${count} rows of rsyslog`, async () => {
      if (server.exitCode !== null) throw new Error(`rsyslogd ended with ${server.exitCode}`);
      const counted = await database.query('select count(*)::integer as n from logged');
      return counted.rows[0]?.n >= count;
    });
  };
  try {
    const [first, ...others] = rows.map(({ line }) => `${line}\n`);
    appendFileSync(input, first ?? '');
    await stored(1);
    const began = performance.now();
    appendFileSync(input, others.join(''));
    await stored(rows.length);
    return performance.now() - began;
  } finally {
    server.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  }
}

function configuration(folder: string, input: string, url: string): string {
  const { hostname, port, username, pathname } = new URL(url);
  const columns = '(jsonb_populate_record(null::logged, ';
  return `
global(workDirectory="${folder}" maxMessageSize="64k")
module(load="imfile")
module(load="ompgsql")
template(name="row" type="list" option.stdsql="on") {
  constant(value="insert into logged select ${columns}'")
  property(name="msg")
  constant(value="'::jsonb)).* on conflict do nothing")
}
input(type="imfile" File="${input}" Tag="coroner" ruleset="store")
ruleset(name="store") {
  action(type="ompgsql" server="${hostname}" port="${port}" user="${username}" pass="none"
         db="${pathname.slice(1)}" template="row" queue.type="LinkedList" queue.size="1000000"
         queue.dequeueBatchSize="${batch}")
}
`;
}
