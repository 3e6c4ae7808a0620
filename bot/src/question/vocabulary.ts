/** What people call a machine. */
export const hostNouns = 'host|hostname|server|machine|box|node|vm';

/** What people call a process. */
export const processNouns = 'process(?:es)?|proc|daemon|service|program|container|app|command';

/** Words that say what is talked about, and that are names of programs as well. */
export const doubleWords = 'node|server|box|vm|machine|job|service|daemon|container|program';

/** Verbs and adjectives for an end. */
export const ends =
  '(?:die[ds]?|dying|ded|deadd?|crash\\w*|exit\\w*|stop\\w*|end(?:ed|s)?|quit|vanish\\w*|disappear\\w*|terminat\\w*|fail\\w*|abort\\w*|core\\s?dump\\w*|go\\b|goes\\b|going\\b|gone|went|get|gets|got|restart\\w*|reboot\\w*|bounc\\w*|fall|fell|segfault\\w*|oom\\w*|kill\\w*|shut|blew|blow|hang|hung|missing|down|up\\b|offline|unreachable|unresponsive|silent|not\\s+(?:running|up|responding|there))';

/** Verbs with an object: what somebody did to a process. */
export const kills =
  '(?:killed|kills|killing|kill|stopped|stops?|terminated?|crashed|shot|took\\s+down|take\\s+down|taken\\s+down|murdered|nuked|bounced|restarted|oom-?killed|sig-?(?:kill|term|int|hup|quit|segv)[\\x27]?e?d|whacked|got|ended)';

/** Days and months: never a host, however they are spelled. */
const days = `mon monday tue tues tuesday wed wednesday thu thur thurs thursday fri friday sat saturday
  sun sunday jan january feb february mar march apr april may jun june jul july aug august sep sept
  september oct october nov november dec december`;

/** Prepositions, articles, adverbs of time: what may stand after "on" or "on vm", and is no host. */
const notHosts = `last yesterday today tonight just now around about at before after since ago in on
  between a an the this that these those my our your its it his her their which what all any every
  each some purpose and or but so again because by for from to with without when while until till
  during within over near earlier later recently lately please pls top fire call demand fly board
  weekend noon midnight`;

/** Words of a question that are never the name of what died, whatever stands beside them. */
const neverNamed = `a about again all also am an and any anybody anyone anything are around as ask at
  away back bad be because been being blame bloody boom boot booted box broke broken but by can cant
  cause caused causes check chance clue come coroner could crash crashed crashes crashing cuz cya
  daemon damn database dat dead deadd death deaths deceased ded detail details did didnt die died
  dies disappear disappeared disappearing do does doesnt doing doin dont down due during dying each
  earlier early else end ended ending ends event events every everything evening exactly exit exited
  exits explain fail failed failing fails failure fall fault fell few figure find fine finish
  finished first ffs for from fuck fucking fyi gave get gets getting give go goes going gone good got
  great guy guys had hang happen happened happening happens hard has have hello help here hey hi hm
  hmm hour hours hows how huh hung i idea idk if in info instance into is isnt it its job jobs just
  keep keeps kept kill killed killer killing kills kinda know last lately later latest let like list
  lol look looks lost lots machine make man many maybe me might min mine mins minute minutes missing
  morning most much murder murdered my myself near need newest news next nice night nights no node
  nobody none not nothing now of off ok okay old omg on once one ones oom oomed oom-killed ooms or
  other our out over own past people pid pids please pls plz pod possible ppl proc process processes
  program programs proper quit rather really reason reboot rebooted reboots recent recently report
  responsible restart restarted restarting restarts right run running runs ran said same saw say
  says sec second seconds secs section see send sends sending sent seem seems seen segfault segfaulted segfaulting server
  servers service services shit shot should show shown shut shutdown sigkill sigkilled signal
  signals sigsegv sigterm sigtermed silent since so some somebody someone something sometime soon
  sorry sort stop stopped stopping stops story stuff sudden suddenly sup sure take taken tell
  terminate terminated terminating than thanks thank that thats the their them then there theres
  these they thing things think this those thread thx time times to today tonight too took try u
  unreachable offline unresponsive until up ur us vanish vanished vanishing very via vm wait want
  wanna was wasnt we week weeks well went were what whatever whats what's when where which while
  whilst who whod whom who's whos whodunit whose why will with within without wonder working works
  would wow wrong wtf y yall yep yes yesterday yet yo you your day days deaths? afternoon noon
  midnight lunch lunchtime alert alerts incident incidents host hosts container containers aborted
  abort hostname responding responsive between minute's signaled oops weird strange nuked bounced
  bouncing logged login logins whacked alive okay unable longer nodes boxes machines vms gotten
  blew blow blown probably happend hapened hapen happned recent recents fate purpose oom-kill
  oom-kills am pm utc gmt ist cet local actor culprit suspect victim anywhere somewhere everyone
  everybody`;

const set = (...texts: string[]) => new Set(texts.flatMap((text) => text.split(/\s+/)));

export const questionWords = set(neverNamed);
export const notHostWords = set(neverNamed, notHosts, days);
