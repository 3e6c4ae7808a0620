import { phrases, topics } from './chinese/phrases.ts';
import { englishTimes, timeEnd, timeStart } from './chinese/times.ts';

const chinese = /\p{Script=Han}/u;
const leftOver = /[\p{Script=Han}，。？！、：；“”‘’（）]+/gu;
const marked = new RegExp(`${timeStart}([^${timeEnd}]*)${timeEnd}`, 'g');
const where = /\bon ([a-z0-9][\w.-]*)/gi;
/** What the phrases are made of, and signals: none of them is a name. */
const structure =
  /^(?:who|what|why|died|reboot|happened|and|itself|oom|kill|-9|sig\w+|core|dump|log|was|else)$/i;

const hostShaped = /^[a-z][\w-]*\d$/i;

/**
 * A Chinese question in the English that is read from there on: "web-3 上的 nginx 昨晚为什么挂了？" becomes
 * "why did nginx die on web-3 last night". Other text stays as it is.
 */
export function fromChinese(text: string): string {
  if (!chinese.test(text)) return text;
  const topic = topics.find(([words]) => words.test(text));
  const asked = topic ? text.replace(topic[0], ' ') : text;
  const timed = englishTimes(asked);
  const times = [...timed.matchAll(marked)].map(([, time]) => time).join(' ');
  const worded = phrases
    .reduce((rest, [words, meaning]) => rest.replace(words, meaning), timed.replace(marked, ' '))
    .replace(leftOver, ' ');
  const hosts = [...worded.matchAll(where)].map(([, host]) => host ?? '');
  const words = worded.replace(where, ' ').trim().split(/\s+/).filter(Boolean);
  const names = words.filter((word) => !structure.test(word));
  const has = (word: string) => words.includes(word);
  // "db-2 昨晚谁登录过" is about the host alone.
  if (topic && hosts.length === 0 && hostShaped.test(names[0] ?? ''))
    hosts.push(names.shift() ?? '');
  const place = [...(hosts[0] ? [`on ${hosts[0]}`] : []), times].join(' ').trim();
  const sentence = topic
    ? `${topic[1]} ${names.length > 0 ? `when ${names.join(' ')} died` : ''} ${place}`
    : `${has('and') ? 'and ' : ''}${question(names, has, hosts.length > 0)} ${place}`;
  return sentence.replace(/\s+/g, ' ').trim();
}

/** What is asked of these names: "nginx web-3" alone leaves open which is the host. */
function question(
  names: readonly string[],
  has: (word: string) => boolean,
  placed: boolean,
): string {
  const isQuestion = ['why', 'who', 'died', 'happened', 'reboot', 'what'].some(has);
  if (names.length === 0) {
    if (has('itself') && !placed)
      return has('reboot') ? 'why did the host reboot' : 'why did the host die';
    if (has('reboot') && placed) return 'what died';
    return isQuestion ? (has('happened') && !has('died') ? 'what happened' : 'what died') : '';
  }
  if (names[0] === 'pid') return `${has('who') ? 'who killed' : 'why did'} ${names.join(' ')}`;
  if (names.length > 1 && !placed) return `${names.join(' ')} ${isQuestion ? 'why' : ''}`;
  const [name] = names;
  if (has('reboot')) return `why did ${name} reboot`;
  if (has('who')) return `who killed ${name}`;
  return isQuestion ? `why did ${name} die` : (name ?? '');
}
