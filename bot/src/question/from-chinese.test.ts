import { describe, expect, it } from 'vitest';
import { findTopic } from '../conversation/about/topic.ts';
import { fromChinese } from './from-chinese.ts';
import { parseQuestion } from './parse-question.ts';

const asked = { now: new Date('2026-11-23T09:00:00Z'), timezone: 'Asia/Shanghai' };

describe('names, hosts and pids', () => {
  it.each([
    ['nginx 为什么挂了？', 'nginx', null, null],
    ['web-3 上的 nginx 为什么挂了？', 'nginx', 'web-3', null],
    ['nginx 在 web-3 上为什么死了', 'nginx', 'web-3', null],
    ['谁杀了 nginx', 'nginx', null, null],
    ['是谁把 db-2 上的 postgres 杀掉了？', 'postgres', 'db-2', null],
    ['nginx 是被谁杀死的？', 'nginx', null, null],
    ['为什么 web-3 上的 java 突然没了', 'java', 'web-3', null],
    ['服务器 db-1 上的 redis-server 怎么崩溃了', 'redis-server', 'db-1', null],
    ['谁杀了进程 4121', null, null, 4121],
    ['那 web-4 上呢？', null, 'web-4', null],
  ])('%s', (text, process, host, pid) => {
    expect(parseQuestion(fromChinese(text), asked).question).toMatchObject({ process, host, pid });
  });
});

describe('times, in the zone of the asker', () => {
  it.each([
    ['昨晚 nginx 为什么挂了', '2026-11-22'],
    ['nginx 昨天下午3点为什么退出了', '2026-11-22T07'],
    ['nginx 今天凌晨3点半为什么挂了', '2026-11-22T19:30'],
    ['nginx 20分钟前为什么死了', '2026-11-23T08:40'],
    ['nginx 半小时前怎么没了', '2026-11-23T08:30'],
    ['nginx 2个小时前怎么没了', '2026-11-23T07:00'],
  ])('%s', (text, at) => {
    const { question } = parseQuestion(fromChinese(text), asked);
    expect(question.process).toBe('nginx');
    expect(question.when?.at.startsWith(at)).toBe(true);
  });
});

it.each([
  ['还有谁登录了？', 'logins'],
  ['之前发生过吗？', 'before'],
  ['下一个是谁？', 'next'],
  ['当时运行了什么？', 'jobs'],
  ['看一下内存报告', 'report'],
  ['还发生了什么？', 'around'],
  ['当时有哪些定时任务', 'jobs'],
  ['当时谁在线', 'logins'],
  ['以前挂过吗', 'before'],
  ['死过几次', 'before'],
])('a further question: %s', (text, topic) => {
  expect(findTopic(fromChinese(text), asked)?.topic).toBe(topic);
});

it('leaves other languages alone', () => {
  const text = 'why did nginx die — “now”?';
  expect(fromChinese(text)).toBe(text);
});
