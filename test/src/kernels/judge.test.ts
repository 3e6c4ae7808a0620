import { expect, it } from 'vitest';
import { problemsOf } from './judge.ts';

const good = `Booting\r
\x1b[2Jguest: kernel release=6.1.0 up=1.524\r
guest: loaded\r
guest: attached\r
guest: truth name=killed pid=77 sender=79 status=9\r
guest: truth name=asked pid=78 sender=80 status=768\r
guest: refused sender=81 target=1 signal=9\r
guest: death pid=77 comm=init status=9 signal=9 sender=79\r
guest: death pid=78 comm=init status=768 signal=15 sender=80\r
guest: miss sender=81 target=1 signal=9 result=4\r
guest: end failed=0\r
`;

it('finds nothing wrong with two deaths as they were', () => {
  expect(problemsOf(good)).toEqual([]);
});

it.each([
  [good.replace('guest: attached', ''), /never said "attached"/],
  [good.replace('signal=9 sender=79', 'signal=9 sender=80'), /killed: sender 80 in place of 79/],
  [good.replace('comm=init status=768', 'comm=init status=0'), /asked: status 0 in place of 768/],
  [good.replace(/guest: death pid=77.*/, ''), /killed: 0 records/],
  [good.replace('result=4', 'result=1'), /refused signal was not counted/],
  ['', /caused 0 deaths of 2/],
])('names what is wrong (%#)', (console, problem) => {
  expect(problemsOf(console).join('\n')).toMatch(problem);
});
