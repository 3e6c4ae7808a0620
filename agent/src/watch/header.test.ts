import type { SourceStatus } from '@coroner/schema/wire/heartbeat';
import picocolors from 'picocolors';
import { expect, it } from 'vitest';
import { watchHeader } from './header.ts';

const plain = picocolors.createColors(false);
const probe = { source: 'probe', state: 'available', why: 'kernel 6.18' } as const;
const audit = { source: 'audit', state: 'missing', why: 'no log' } as const;
const headerOf = (...statuses: SourceStatus[]) => watchHeader('web-3', statuses, plain);

it('says by what deaths are seen, and what is not here', () => {
  expect(headerOf(probe, audit)).toEqual([
    'Deaths on web-3, as they happen, seen by probe.',
    'Not here: audit; `coroner-agent doctor` says why.',
  ]);
});

it('says what lowers its word', () => {
  const tracefs = { source: 'tracefs', state: 'degraded', why: 'no BTF' } as const;
  expect(headerOf({ ...probe, state: 'missing' }, tracefs)[0]).toContain('by tracefs (no BTF)');
});

it('without privilege, says that no killer can be named, and what to do', () => {
  const missing: SourceStatus = { ...probe, state: 'missing', why: 'needs root', enable: 'sudo' };
  expect(headerOf(missing)).toEqual([
    'No killer can be named on web-3, and short lives go unseen:',
    '  probe: needs root; sudo',
  ]);
});
