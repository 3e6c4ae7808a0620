/** Marks what tells a time, so that it is never taken for a name: nothing typed holds these. */
export const timeStart = '\u0001';
export const timeEnd = '\u0002';

type Phrase = readonly [RegExp, string | ((...groups: string[]) => string)];

const digits = '零一二三四五六七八九';
const weekdays: Record<string, string> = {
  一: 'monday',
  二: 'tuesday',
  三: 'wednesday',
  四: 'thursday',
  五: 'friday',
  六: 'saturday',
  日: 'sunday',
  天: 'sunday',
};
const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const early = '(?:凌晨|早上|上午|清晨|早晨)';
const late = '(?:下午|晚上|傍晚|夜里|中午|晚)';
const hour = '(\\d{1,2})\\s*[点點时]';
const ofDay = (half: string) =>
  /[凌早上清]/.test(half) && half !== '晚上' ? 'am' : half ? 'pm' : '';
const minutes = (text: string | undefined) =>
  text === '半'
    ? ':30'
    : text === '一刻' || text === '1刻'
      ? ':15'
      : text
        ? `:${text.padStart(2, '0')}`
        : '';

/** Numbers before units of time: 三点 → 3点, 两个小时 → 2个小时, 十二 → 12. */
const numbers: readonly Phrase[] = [
  [/两(?=个|点|點|天|分|小时|秒|时)/g, '2'],
  [
    /([一二三四五六七八九])?十([一二三四五六七八九])?(?=个|点|點|天|分|小时|秒|时|月|日|号|分钟)/g,
    (_, tens, ones) =>
      String((tens ? digits.indexOf(tens) : 1) * 10 + (ones ? digits.indexOf(ones) : 0)),
  ],
  [
    /([一二三四五六七八九])(?=个|点|點|天[前之以]|分|小时|秒|时|月|号|刻)/g,
    (_, digit) => String(digits.indexOf(digit ?? '')),
  ],
];

/** Longest first where one holds another. */
const times: readonly Phrase[] = [
  [
    new RegExp(
      `(${early}|${late})?\\s*${hour}(半|\\d{1,2})?分?\\s*(?:到|至|~|-|—)\\s*(${early}|${late})?\\s*${hour}(半|\\d{1,2})?分?`,
      'g',
    ),
    (_, half, from, fromMinutes, otherHalf, until, untilMinutes) => {
      const second = ofDay(otherHalf ?? half ?? '');
      const first = ofDay(half ?? '');
      return `from ${from}${minutes(fromMinutes) || ':00'}${first} to ${until}${minutes(untilMinutes) || ':00'}${second}`;
    },
  ],
  [/大前天/g, '3 days ago'],
  [/前天/g, '2 days ago'],
  [/昨天?(?:夜里|夜间|晚上|深夜|半夜|晚)/g, 'last night'],
  [/昨天?(?=凌晨\s*\d)/g, 'yesterday'],
  [/昨天?凌晨/g, 'yesterday morning'],
  [/昨天?(?:早上|上午|早)/g, 'yesterday morning'],
  [/昨天?(?=(?:下午|中午)\s*\d)/g, 'yesterday'],
  [/昨天?下午/g, 'yesterday afternoon'],
  [/昨[天日]/g, 'yesterday'],
  [/今[天日]?(?=(?:早上|上午|凌晨|下午|晚上|早|晚|中午)\s*\d)/g, 'today'],
  [/今[天日]?(?:早上|上午|早|凌晨)/g, 'this morning'],
  [/今[天日]?下午/g, 'this afternoon'],
  [/今(?:天晚上|晚)/g, 'tonight'],
  [/今[天日]/g, 'today'],
  [
    /(?:上|上个?)(?:周|星期|礼拜)([一二三四五六日天])/g,
    (_, day) => `last ${weekdays[day ?? ''] ?? ''}`,
  ],
  [
    /(?:这|本)?(?:周|星期|礼拜)([一二三四五六日天])/g,
    (_, day) => `on ${weekdays[day ?? ''] ?? ''}`,
  ],
  [/(?:上周|上个?星期|上个?礼拜)/g, 'last week'],
  [
    /(?:(\d{4})年)?(\d{1,2})月(\d{1,2})[日号]/g,
    (_, year, month, day) => `${months[Number(month) - 1] ?? ''} ${day}${year ? ` ${year}` : ''}`,
  ],
  [/(?:最近|过去|近)\s*(?:的\s*)?(\d+)\s*个?(?:小时|钟头)/g, 'past $1 hours'],
  [/(?:最近|过去|近)\s*(?:的\s*)?(\d+)\s*分钟?/g, 'past $1 minutes'],
  [/(?:最近|过去|近)\s*(?:的\s*)?(\d+)\s*天/g, 'past $1 days'],
  [/(?:最近|过去)\s*半个?小时/g, 'past 30 minutes'],
  [/(\d+)\s*个?半小时(?:之|以)?前/g, '$1.5 hours ago'],
  [/半个?小时(?:之|以)?前/g, '30 minutes ago'],
  [/(\d+)\s*个?(?:小时|钟头)(?:之|以)?前/g, '$1 hours ago'],
  [/(\d+)\s*(?:分钟|分)(?:之|以)?前/g, '$1 minutes ago'],
  [/(\d+)\s*秒钟?(?:之|以)?前/g, '$1 seconds ago'],
  [/(\d+)\s*天(?:之|以)?前/g, '$1 days ago'],
  [
    new RegExp(`(${early}|${late})?\\s*${hour}\\s*(半|一刻|1刻|\\d{1,2})?\\s*[分钟]?`, 'g'),
    (_, half, at, more) => `${at}${minutes(more) || (half ? '' : ':00')}${ofDay(half ?? '')}`,
  ],
  [/(?:凌晨|半夜|夜里|深夜)/g, 'last night'],
  [/(?:刚刚|刚才|方才)/g, 'just now'],
];

/** Times in Chinese become times in English, each between two marks. */
export function englishTimes(text: string): string {
  const counted = numbers.reduce(replaced, text);
  return times.reduce(
    (rest, [words, meaning]) =>
      rest.replace(words, (...groups: string[]) => {
        const english =
          typeof meaning === 'string'
            ? meaning.replace(/\$(\d)/g, (_, index: string) => groups[Number(index)] ?? '')
            : meaning(...groups);
        return `${timeStart}${english}${timeEnd}`;
      }),
    counted,
  );
}

function replaced(text: string, [words, meaning]: Phrase): string {
  return typeof meaning === 'string'
    ? text.replace(words, meaning)
    : text.replace(words, (...groups: string[]) => meaning(...groups));
}
