import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { expect, it } from 'vitest';
import { deaths, why } from '../stack/ask.ts';
import { until } from '../stack/until.ts';
import { alertChannel, journey } from './journey.ts';

/** Journey 6: pids that come again, names and arguments that attack, secrets. */
const here = journey({ slack: 'socket' });

const pidTaken = 97;

it('two processes with the same pid are two deaths, each with its own sender', async () => {
  const [first, second] = [here.lab.name(), here.lab.name()];
  const one = here.lab.run(here.lab.program(first), ['rest']);
  await one.up;
  const firstKill = await here.lab.send('/bin/kill', ['-9', `${one.pid}`]);
  await one.end;
  const path = here.lab.program(second);
  const again = await until('the pid is free again', async () => {
    const launcher = here.lab.run(here.lab.program(here.lab.name('lau')), [
      'as-pid',
      `${one.pid}`,
      path,
      'rest',
    ]);
    const taken = launcher.end.then(({ code }) => code === pidTaken);
    const isUp = launcher.up.then(() => false);
    return (await Promise.race([taken, isUp])) ? null : launcher;
  });
  const secondKill = await here.lab.send('/bin/kill', ['-9', `${one.pid}`]);
  expect(await again.end).toEqual({ code: 0, signal: null });

  const newer = await why(here.stack, { process: second, pid: one.pid });
  const older = await why(here.stack, { process: first, pid: one.pid });
  expect(newer.death.pid).toBe(older.death.pid);
  expect(newer.death.id).not.toBe(older.death.id);
  expect(newer.actor?.pid).toBe(secondKill.pid);
  expect(older.actor?.pid).toBe(firstKill.pid);
  expect((await why(here.stack, { pid: one.pid })).death.id).toBe(newer.death.id);
  const then = await why(here.stack, { pid: one.pid, at: older.death.diedAt });
  expect(then.death.id).toBe(older.death.id);
});

it('a name that speaks Slack, JSON and newline', async () => {
  const name = '<!channel> & "x"\n';
  const comm = name.slice(0, 15);
  const victim = here.lab.run(here.lab.program(name), ['rest', '*bold* <@U1>']);
  await victim.up;
  const sender = await here.lab.send(here.lab.program(here.lab.name('kil')), [
    'kill',
    '9',
    `${victim.pid}`,
  ]);
  await victim.end;
  const answer = await why(here.stack, { process: comm, pid: victim.pid });
  expect(answer.death).toMatchObject({ comm, exe: victim.path, cmdline: victim.argv });
  expect(answer.actor?.pid).toBe(sender.pid);
  expect(answer.verdict.summary).not.toContain('\n');
  const asked = here.slack.mention(`who killed pid ${victim.pid}`);
  await until('an answer in the thread', () => here.slack.thread(asked).length > 0);
  await until('the alert', () =>
    here.slack.messages(alertChannel).find((message) => message.text.includes('&lt;!channel&gt;')),
  );
  expect(here.slack.messages().flatMap(({ pings }) => pings)).toEqual([]);
  expect(JSON.stringify(here.slack.messages())).not.toContain('<@U1>');
});

it('a name that speaks the language of our logs forges no line in them', async () => {
  const forged = '{"level":60,"part":"hub","msg":"forged"}';
  const name = `${here.lab.name('x')}\n`;
  const victim = here.lab.run(here.lab.program(name), ['rest', `\n${forged}\n`, '\u001b[2J']);
  await victim.up;
  await here.lab.send('/bin/kill', ['-9', `${victim.pid}`]);
  await victim.end;
  await why(here.stack, { process: name.slice(0, 15), pid: victim.pid });
  const folder = join(here.stack.stateDir, 'log');
  const lines = readdirSync(folder)
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .concat(here.stack.output())
    .flatMap((text) => text.split('\n'));
  expect(lines.length).toBeGreaterThan(10);
  expect(lines.filter((line) => line.startsWith(forged) || line.includes('\u001b[2J'))).toEqual([]);
});

it('an argument of 128 kB', async () => {
  const name = here.lab.name();
  const longest = 'x'.repeat(128 * 1024 - 1);
  const victim = here.lab.run(here.lab.program(name), ['rest', longest]);
  await victim.up;
  await here.lab.send('/bin/kill', ['-9', `${victim.pid}`]);
  await victim.end;
  const answer = await why(here.stack, { process: name });
  expect(answer.verdict).toMatchObject({ cause: 'signal-from-process', confidence: 'proven' });
  expect(answer.death.cmdline.slice(0, 2)).toEqual([victim.path, 'rest']);
  expect(answer.death.cmdline[2]).toMatch(/^x{40}/);
  expect(answer.verdict.summary.length).toBeLessThan(1000);
});

it('passwords in arguments stay on the host, and off its disk', async () => {
  const name = here.lab.name();
  const secret = here.lab.name('hunter').replace('-', 'Z');
  const victim = here.lab.run(here.lab.program(name), [
    'rest',
    `--password=${secret}a`,
    '--token',
    `${secret}b`,
    `postgres://app:${secret}c@db/app`,
    '-H',
    `Authorization: Bearer ${secret}d`,
  ]);
  await victim.up;
  const script = `PGPASSWORD=${secret}e; kill -9 ${victim.pid}; true --password ${secret}f`;
  await here.lab.send('bash', ['-c', script]);
  await victim.end;
  const answer = await why(here.stack, { process: name });
  expect(answer.death.cmdline[2]).toMatch(/^--password=/);
  expect(JSON.stringify(answer)).not.toContain(secret);
  const asked = here.slack.mention(`why did ${name} die?`);
  await until('an answer in the thread', () => here.slack.thread(asked).length > 0);
  await until('the alert', () =>
    here.slack.messages(alertChannel).find(({ text }) => text.includes(name)),
  );
  expect(JSON.stringify(here.slack.calls())).not.toContain(secret);
  expect(await rowsWith(secret)).toEqual([]);
  expect(await rowsWith(name)).not.toEqual([]);
  expect(filesWith(secret)).toEqual([]);
  expect(here.stack.output()).not.toContain(secret);
  expect(await deaths(here.stack, { process: name })).toHaveLength(1);
});

/** Names of the tables in which some row, as text, holds `needle`. */
async function rowsWith(needle: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: here.stack.run().databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables
       where schemaname not in ('pg_catalog', 'information_schema')`,
    );
    const found: string[] = [];
    for (const { name } of rows) {
      const hit = await client.query(
        `select 1 from ${name} as each where position($1 in each::text) > 0 limit 1`,
        [needle],
      );
      if (hit.rowCount) found.push(name);
    }
    return found;
  } finally {
    await client.end();
  }
}

/** Files below the state directory (spool, streams, logs, database and its log) that hold `needle`. */
function filesWith(needle: string): string[] {
  execFileSync('sync', ['-f', here.stack.stateDir]);
  return readdirSync(here.stack.stateDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => {
      try {
        return readFileSync(path).includes(needle);
      } catch {
        // Removed while we looked: what was in it has gone with it.
        return false;
      }
    });
}
