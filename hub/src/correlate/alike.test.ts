import { expect, test } from 'vitest';
import { commandPattern, programOf } from './alike.ts';

test.each<[string[], string[]]>([
  [
    ['kill', '-9', '4121'],
    ['kill', '-9', '#'],
  ],
  [
    ['/usr/bin/kill', '-TERM', '101', '102', '103'],
    ['kill', '-TERM', '#'],
  ],
  [
    ['kill', '-9', '-4121'],
    ['kill', '-9', '#'],
  ],
  [
    ['pkill', '-9', '-f', 'python3'],
    ['pkill', '-9', '-f', 'python3'],
  ],
  [[], ['']],
])('%j is the act %j', (cmdline, pattern) => {
  expect(commandPattern(cmdline)).toEqual(pattern);
});

test.each<[string, string | null, string[], string]>([
  ['nginx', '/usr/sbin/nginx', ['nginx: worker'], '/usr/sbin/nginx'],
  ['nginx', '/usr/sbin/nginx (deleted)', [], '/usr/sbin/nginx'],
  ['python3', '/usr/bin/python3.11', ['python3', '-u', 'job.py'], '/usr/bin/python3.11 job.py'],
  ['bash', '/bin/bash', ['-bash'], '/bin/bash'],
  ['cc1plus', null, [], 'cc1plus'],
])('%s (%s) runs %j: %s', (comm, exe, cmdline, program) => {
  expect(programOf({ comm, exe, cmdline })).toBe(program);
});
