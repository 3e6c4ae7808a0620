import { expect, test } from 'vitest';
import { asComm, looseMatches, plainName, spellings } from './spellings.ts';

test.each([
  ['nginx', ['nginx', 'nginx.service']],
  ['/usr/sbin/nginx', ['/usr/sbin/nginx', 'nginx', 'nginx.service']],
  ['nginx.service', ['nginx.service']],
  ['/', ['/', '/.service']],
])('%s may be %j', (process, names) => {
  expect(spellings(process)).toEqual(names);
});

test('a comm is cut after 15 bytes', () => {
  expect(asComm('systemd-resolved')).toBe('systemd-resolve');
  expect(asComm('nginx')).toBeNull();
});

test('the best kind of match hides the others', () => {
  expect(looseMatches('java', ['JAVA', 'java-agent', 'not-java'])).toEqual(['JAVA']);
  expect(looseMatches('java', ['java-agent', 'not-java'])).toEqual(['java-agent']);
  expect(looseMatches('java', ['not-java'])).toEqual(['not-java']);
  expect(looseMatches('nginx.service', ['nginx', 'nginx-x'])).toEqual(['nginx']);
  expect(looseMatches('java', ['python'])).toEqual([]);
});

test('a suffix alone is a name', () => {
  expect(plainName('.service')).toBe('.service');
});
