import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { locateHub } from './locate-hub.ts';

let stateDir: string;
beforeEach(() => {
  stateDir = mkdtempSync(join(tmpdir(), 'coroner-locate-'));
});
afterEach(() => rmSync(stateDir, { recursive: true }));

const run = {
  apiUrl: 'http://127.0.0.1:7380',
  apiToken: 'from-run-json',
  natsUrl: '',
  databaseUrl: '',
  pids: {},
};
const written = (text: string) => writeFileSync(join(stateDir, 'run.json'), text);

it('takes the environment first', () => {
  const where = { apiUrl: 'http://hub:1', apiToken: 'mine', stateDir };
  expect(locateHub(where)).toEqual({ url: 'http://hub:1', token: 'mine' });
});

it('takes run.json, and its token for its own hub only', () => {
  written(JSON.stringify(run));
  expect(locateHub({ apiUrl: null, apiToken: null, stateDir })).toEqual({
    url: run.apiUrl,
    token: 'from-run-json',
  });
  const same = { apiUrl: 'http://127.0.0.1:7380/', apiToken: null, stateDir };
  expect(locateHub(same).token).toBe('from-run-json');
  expect(locateHub({ ...same, apiUrl: 'http://elsewhere:7380' }).token).toBeNull();
});

it('says what to do when there is no hub', () => {
  const nowhere = { apiUrl: null, apiToken: null, stateDir };
  expect(() => locateHub(nowhere)).toThrow(/npm start.*CORONER_API_URL/);
  written('{"apiUrl":');
  expect(() => locateHub(nowhere)).toThrow(/damaged/);
});
