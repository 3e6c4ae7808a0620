/** What Chinese questions are made of, longest first where one holds another; English that means the same. */
const phrases: readonly (readonly [RegExp, string])[] = [
  // Time.
  [/大前天/g, ' 3 days ago '],
  [/前天/g, ' 2 days ago '],
  [/昨天?(?:夜里|夜间|晚上|深夜|晚)/g, ' last night '],
  [/昨天?(?:凌晨|早上|上午)/g, ' yesterday morning '],
  [/昨天?下午/g, ' yesterday afternoon '],
  [/昨[天日]/g, ' yesterday '],
  [/今[天日]?(?=(?:早上|上午|凌晨|下午|晚上)\s*\d)/g, ' today '],
  [/今[天日]?(?:早上|上午|早|凌晨)/g, ' this morning '],
  [/今[天日]?下午/g, ' this afternoon '],
  [/今[天日]?晚上?/g, ' tonight '],
  [/今[天日]/g, ' today '],
  [/(?:上周|上个?星期|上个?礼拜)/g, ' last week '],
  [/(\d+)\s*个?半小时(?:之|以)?前/g, ' $1.5 hours ago '],
  [/半个?小时(?:之|以)?前/g, ' 30 minutes ago '],
  [/(\d+)\s*个?(?:小时|钟头)(?:之|以)?前/g, ' $1 hours ago '],
  [/(\d+)\s*(?:分钟|分)(?:之|以)?前/g, ' $1 minutes ago '],
  [/(\d+)\s*秒钟?(?:之|以)?前/g, ' $1 seconds ago '],
  [/(\d+)\s*天(?:之|以)?前/g, ' $1 days ago '],
  [/(?:凌晨|早上|上午|清晨)\s*(\d{1,2})\s*[点點时]半/g, ' $1:30am '],
  [/(?:凌晨|早上|上午|清晨)\s*(\d{1,2})\s*[点點时]\s*(\d{1,2})\s*分?/g, ' $1:$2am '],
  [/(?:凌晨|早上|上午|清晨)\s*(\d{1,2})\s*[点點时]钟?/g, ' $1am '],
  [/(?:下午|晚上|傍晚|夜里)\s*(\d{1,2})\s*[点點时]半/g, ' $1:30pm '],
  [/(?:下午|晚上|傍晚|夜里)\s*(\d{1,2})\s*[点點时]\s*(\d{1,2})\s*分?/g, ' $1:$2pm '],
  [/(?:下午|晚上|傍晚|夜里)\s*(\d{1,2})\s*[点點时]钟?/g, ' $1pm '],
  [/(\d{1,2})\s*[点點时]半/g, ' $1:30 '],
  [/(\d{1,2})\s*[点點时]\s*(\d{1,2})\s*分/g, ' $1:$2 '],
  [/(\d{1,2})\s*[点點时]钟?/g, ' $1:00 '],
  [/(?:凌晨|半夜|夜里)/g, ' last night '],
  [/(?:刚刚|刚才|方才)/g, ' just now '],
  [/(?:左右|前后|附近|大约|大概)/g, ' '],
  // Further questions.
  [
    /(?:还有)?谁(?:还)?(?:在线|登[录陆]了?|登[录陆]着|在登[录陆])(?:了|过)?/g,
    ' who else was logged in ',
  ],
  [/(?:以前|之前|过去)(?:也|有没有|是否|曾经?)?(?:发生|出现|有)过/g, ' did it happen before '],
  [/(?:发生|出现)过(?:几次|多少次)/g, ' how often '],
  [/(?:下一个|接下来)(?:会)?是?谁/g, ' who is next '],
  [/什么时候(?:还)?会再/g, ' when will it happen again '],
  [
    /(?:那时候?|当时|那个时间)(?:在)?(?:跑|运行|执行)(?:了|着)?(?:什么|哪些)(?:任务)?/g,
    ' what ran at that time ',
  ],
  [/定时任务/g, ' cron '],
  [/(?:内存|OOM)\s*(?:报告|日志)/gi, ' the OOM report '],
  [/(?:证据|详情|细节)/g, ' show the evidence '],
  [/(?:还|另外)(?:发生|出)了?什么/g, ' what else happened '],
  // Who and why.
  [/(?:为什么|为啥|为何|怎么|怎麼|為什麼)(?:会|就|突然)?/g, ' why '],
  [/(?:是)?谁(?:把|将)/g, ' who killed '],
  [/(?:是)?(?:被)?谁(?:给)?(?:杀死?|杀掉|干掉|停掉?|关掉?|弄死)了?/g, ' who killed '],
  [/什么(?:东西|进程|程序)?(?:把|将|杀死?了?|杀掉了?|干掉了?)/g, ' what killed '],
  [
    /(?:被)?(?:杀死?|杀掉|干掉|挂掉?|死掉?|崩溃?|崩掉|宕机?|退出|停止?|没|消失|不见|重启)(?:了|的)?/g,
    ' died ',
  ],
  [/(?:发生|出)了?什么(?:事情?)?/g, ' what happened '],
  [/(?:那么?|然后)(?=\s*[\w"`'])/g, ' and '],
  // Where.
  [/(?:在)?(?:主机|服务器|机器|節點|节点)\s*([\w.-]+)\s*(?:上面?|里)?(?:的)?/g, ' on host $1 '],
  [/在\s*([\w.-]+)\s*(?:上面?|里|机器上|主机上)(?:的)?/g, ' on $1 '],
  [/([\w.-]+)\s*(?:这台)?(?:机器|主机|服务器)?(?:上面?|里)(?:的)?/g, ' on $1 '],
  [/进程号?\s*(?=\d)/g, ' pid '],
  [/(?:进程|服务|程序|容器)/g, ' '],
];

const chinese = /\p{Script=Han}/u;
const leftOver = /[\p{Script=Han}，。？！、：；“”‘’（）]+/gu;

/**
 * A Chinese question in the English that is read from there on: "web-3 上的 nginx 昨晚为什么挂了？" becomes
 * "on web-3 nginx last night why died". Other text stays as it is.
 */
export function fromChinese(text: string): string {
  if (!chinese.test(text)) return text;
  const english = phrases.reduce((rest, [words, meaning]) => rest.replace(words, meaning), text);
  const plain = english.replace(leftOver, ' ').replace(/\s+/g, ' ').trim();
  return whyFirst(plain);
}

/** "nginx last night why died" → "why did nginx died last night": a name is looked for after "did". */
function whyFirst(text: string): string {
  const name =
    /^(?:on (?:host )?[\w.-]+ )?((?:pid )?[\w./@:+-]+)\b(.*)\b(?:why|who killed)\b(.*)$/i.exec(
      text,
    );
  if (!name || /^(?:why|who|what|on|and|show|did|how|last|yesterday|today)$/i.test(name[1] ?? ''))
    return text;
  const where = /^on (?:host )?[\w.-]+/i.exec(text)?.[0] ?? '';
  return `why did ${name[1]} die ${where} ${name[2]} ${(name[3] ?? '').replace(/\bdied\b/, '')}`
    .replace(/\s+/g, ' ')
    .trim();
}
