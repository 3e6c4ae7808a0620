import { own, type ReportedForm } from './form.ts';

/** `server process (PID 77)`, before the words on how it ended. */
const postgresChild =
  '[\\w() -]{3,60} \\(PID (?<pid>\\d{1,10})\\) was terminated by signal (?<signal>\\d{1,3})';

export const databases: readonly ReportedForm[] = [
  {
    // src/backend/postmaster/postmaster.c LogChildExit; the prefix is log_line_prefix.
    reporter: 'postgres',
    tags: /^(?:postgres|postmaster|postgresql)/,
    line: new RegExp(
      `^(?:(?!\\b[A-Z]{4,12}: )[^"']){0,120}?\\bLOG: {1,2}${postgresChild}(?:: [\\w ()/+-]{1,40})?\\s*$`,
    ),
    comm: 'postgres',
  },
  {
    // log_destination = csvlog: no user and no database, which are quoted.
    reporter: 'postgres',
    tags: own,
    line: new RegExp(
      `^[A-Z]{0,5},[^"]{0,200},LOG,[0-9A-Z]{5},"${postgresChild}(?:: [\\w ()/+-]{1,40})?",`,
    ),
    comm: 'postgres',
  },
  {
    // log_destination = jsonlog.
    reporter: 'postgres',
    tags: own,
    line: new RegExp(
      `^\\{"timestamp":"[^"]{10,40}",(?:"[a-z_]{1,24}":(?:"[^"\\\\]{0,80}"|\\d{1,20}),){0,14}"error_severity":"LOG",(?:"state_code":"\\w{5}",)?"message":"${postgresChild}(?:: [\\w ()/+-]{1,40})?"`,
    ),
    comm: 'postgres',
  },
  {
    // lc_messages: German, French, Spanish, Italian, Portuguese, Russian, Japanese, Chinese, Korean.
    reporter: 'postgres',
    tags: /^(?:postgres|postmaster|postgresql)/,
    line: /^(?:(?!\p{L}{4,12}: )[^"']){0,120}?(?:LOG|СООБЩЕНИЕ|ログ|日志|로그): {1,2}[^"':]{3,60}[(（]PID:? ?(?<pid>\d{1,10})[)）][^"':\d]{1,40}(?:[Ss]ignal|señal|segnale|sinal|сигнал[а-я]{0,2}|シグナル|信号|시그널)[: ]{0,2}(?<signal>\d{1,3})\b[^"':：]{0,40}(?: ?[:：] ?[^"':：]{1,40})?$/u,
    comm: 'postgres',
  },
  {
    // sql/signal_handler.cc, to its error log: a server about itself, without its pid.
    reporter: 'mysqld',
    tags: /^(?:mysqld|mariadbd|mysqld_safe|safe_mysqld)$/,
    line: /^(?:\d{6} {1,2}[\d:]{7,8} )?(?:(?:UTC |GMT )?- |\[ERROR\] )?(?:\S*\/)?(?<comm>mysqld|mariadbd) got signal (?<signal>\d{1,3}) ;$/,
  },
];
