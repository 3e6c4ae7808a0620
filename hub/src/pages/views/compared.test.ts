import type { ComparedPage, ComparedRow } from '@coroner/schema/http/compare';
import { expect, test } from 'vitest';
import { comparedSection } from './compared.ts';

const row = (more: Partial<ComparedRow>): ComparedRow => ({
  ...{ by: 'program', name: 'nginx', count: 9, before: 3, change: 6, state: 'more' },
  ...more,
});
const all = { share: 1, hosts: 2, throughout: 2 };
const page = (items: ComparedRow[], more: Partial<ComparedPage> = {}): ComparedPage => ({
  period: { since: '2026-11-28T12:00:00Z', until: '2026-11-29T12:00:00Z', watched: all },
  before: { since: '2026-11-27T12:00:00Z', until: '2026-11-28T12:00:00Z', watched: all },
  ...{ items, next: null },
  ...more,
});
const cells = (text: string): string[] =>
  [...text.matchAll(/<td[^>]*>(.*?)<\/td>/g)].map(([, cell = '']) =>
    cell.replaceAll(/<[^>]+>/g, ''),
  );

test('shows what changed, and leads to hosts and programs', () => {
  const items = [
    row({ by: 'all', name: 'all' }),
    row({}),
    row({ by: 'host', name: 'web/1', count: 0, before: 4, change: -4, state: 'gone' }),
    row({ by: 'cause', name: 'crash', count: 2, before: 2, change: 0, state: 'same' }),
  ];
  const text = String(comparedSection(page(items), 'day-before'));
  expect(cells(text)).toEqual([
    ...['program', 'nginx', '3', '9', 'more'],
    ...['host', 'web/1', '4', '0', 'gone'],
  ]);
  expect(text).toContain('href="/search?q=nginx"');
  expect(text).toContain('href="/hosts/web%2F1"');
  expect(text).toMatch(/<strong>the day before<\/strong>.*href="\/\?with=week-before"/s);
  expect(text).not.toMatch(/watched/);
});

test('counts nothing where nobody watched, and says so', () => {
  const nobody = { share: 0, hosts: 2, throughout: 0 };
  const { before } = page([]);
  const items = [row({ before: 0, state: 'not-known', unwatched: 'before' })];
  const text = String(
    comparedSection(page(items, { before: { ...before, watched: nobody } }), 'week-before'),
  );
  expect(cells(text)).toEqual(['program', 'nginx', '?', '9', 'not known']);
  expect(text).toMatch(/nobody watched: what is new, or more than before, is not known/);
  const half = { share: 0.5, hosts: 2, throughout: 1 };
  const said = comparedSection(page([], { before: { ...before, watched: half } }), 'day-before');
  expect(String(said)).toMatch(/1 of 2 hosts were watched throughout: what is new.*those alone/);
  expect(String(said)).toContain('What changed most: none.');
});

test('no name becomes markup', () => {
  const items = (['cause', 'host', 'program', 'actor'] as const).map((by) =>
    row({ by, name: '<script>alert(1)</script>' }),
  );
  expect(String(comparedSection(page(items), 'day-before'))).not.toContain('<script');
});
