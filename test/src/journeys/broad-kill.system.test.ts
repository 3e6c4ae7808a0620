import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { deaths, why } from '../stack/ask.ts';
import { until } from '../stack/until.ts';
import { alertChannel, journey } from './journey.ts';

/** Journey 2: one careless command line over thirty processes. */
const many = 30;
const here = journey({ slack: 'socket' });

it('kill -9 $(ps aux | grep …) over thirty processes is one incident and one message', async () => {
  const name = here.lab.name();
  const path = here.lab.program(name);
  const killed = Array.from({ length: many }, () => here.lab.run(path, ['rest']));
  await Promise.all(killed.map(({ up }) => up));
  const script = join(here.lab.folder, 'tidy-up.sh');
  writeFileSync(script, `kill -9 $(ps aux | grep ${name} | awk '{print $2}')\n`);
  const sender = await here.lab.send('bash', [script], { stdio: 'ignore' });
  await Promise.all(killed.map(({ end }) => end));

  const all = await until('all deaths are known', async () => {
    const known = await deaths(here.stack, { process: name, cause: 'signal-from-process' });
    return known.length >= many ? known : null;
  });
  expect(new Set(all.map(({ pid }) => pid))).toEqual(new Set(killed.map(({ pid }) => pid)));
  expect(new Set(all.map(({ incidentId }) => incidentId)).size).toBe(1);
  for (const { pid } of killed) {
    const answer = await why(here.stack, { process: name, pid });
    expect(answer.actor).toMatchObject({ pid: sender.pid, cmdline: sender.argv });
    expect(answer.verdict.confidence).toBe('proven');
    expect(answer.related).toMatchObject({ sameActor: many - 1, incidentId: all[0]?.incidentId });
  }

  const told = () =>
    here.slack.messages(alertChannel).filter(({ blocks }) => JSON.stringify(blocks).includes(name));
  await until('the alert counts all of them', () =>
    told().find(({ blocks }) => JSON.stringify(blocks).includes(`*${many} deaths*`)),
  ).catch((error: Error) => {
    throw new Error(`${error.message}\n${JSON.stringify(here.slack.messages(), null, 1)}`);
  });
  expect(told().filter(({ threadTs }) => threadTs === null)).toHaveLength(1);
});
