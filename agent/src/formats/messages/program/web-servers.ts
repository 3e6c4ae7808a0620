import type { ReportedForm } from './form.ts';

/** Levels, process ids and thread names that a program puts before its message. */
const lead = '^(?:\\[[^\\]"\']{1,40}\\]:? ){0,4}';

export const webServers: readonly ReportedForm[] = [
  {
    // src/os/unix/ngx_process.c ngx_process_get_status.
    reporter: 'nginx',
    tags: /^(?:nginx|openresty|angie)/,
    line: /^(?:[\d/]{10} [\d:]{8} )?(?:\[\w+\] )?\d{1,10}#\d{1,10}: (?:worker|cache manager|cache loader|privileged agent|dyn) process (?<pid>\d{1,10}) exited on signal (?<signal>\d{1,3})(?<core> \(core dumped\))?/,
    comm: 'nginx',
  },
  {
    // sapi/fpm/fpm/fpm_children.c.
    reporter: 'php-fpm',
    tags: /^php[\d.]*-fpm/,
    line: /^(?:\[?(?:WARNING|NOTICE|ALERT|ERROR)[\]:]{1,2} )?\[pool [^\]"']{1,64}\] child (?<pid>\d{1,10}) exited on signal (?<signal>\d{1,3}) \((?<core>SIG\w+ - core dumped)?/,
  },
  {
    // server/mpm_unix.c ap_process_child_status: AH00050, AH00051, AH00052.
    reporter: 'httpd',
    tags: /^(?:httpd|apache2?)/,
    line: new RegExp(
      `${lead}(?:AH0005[0-2]: )?child pid (?<pid>\\d{1,10}) exit signal [\\w /-]{1,40} \\((?<signal>\\d{1,3})\\)(?<core>, possible coredump)?`,
    ),
  },
  {
    // gunicorn/arbiter.py reap_workers.
    reporter: 'gunicorn',
    tags: /^gunicorn/,
    line: new RegExp(
      `${lead}Worker (?:\\(pid:|with pid )(?<pid>\\d{1,10})\\)? was (?:sent|terminated due to signal) (?<signal>SIG\\w+|\\d{1,3})`,
    ),
    comm: 'gunicorn',
  },
  {
    // core/master_checks.c.
    reporter: 'uwsgi',
    tags: /^uwsgi/,
    line: /^DAMN ! (?:worker|mule|spooler|gateway)[^(]{0,40}\(pid: (?<pid>\d{1,10})\) died, killed by signal (?<signal>\d{1,3}) :\(/,
    comm: 'uwsgi',
  },
  {
    // unicorn/lib/unicorn/http_server.rb reap_all_workers, by way of Ruby's Logger.
    reporter: 'unicorn',
    tags: /^unicorn/,
    line: /^(?:[A-Z], \[[^\]]{1,48}\] {1,2}[A-Z]+ -- [^:]{0,32}: )?reaped #<Process::Status: pid (?<pid>\d{1,10}),? SIG[A-Z]+ \(signal (?<signal>\d{1,3})\)(?<core> \(core dumped\))?> worker=/,
    comm: null,
  },
  {
    // billiard, the pool of Celery.
    reporter: 'celery',
    tags: /^celery/,
    line: /^(?:\[[^\]]{1,64}\] )?Process '[\w.-]{1,64}' pid:(?<pid>\d{1,10}) exited with 'signal (?<signal>\d{1,3}) \(SIG\w+\)'$/,
    comm: null,
  },
  {
    // pm2/lib/God.js; before version 5 with the pid.
    reporter: 'pm2',
    tags: /^(?:pm2|log)$/,
    line: /^(?:PM2 +(?:log: |\| +))?App (?:\[(?<comm>[^\]:]{1,64}):\d{1,6}\]|\[[^\]]{1,64}\] with id \[\d{1,6}\] and pid \[(?<pid>\d{1,10})\],) exited with code \[\d{0,3}\] via signal \[(?<signal>SIG[A-Z0-9]+)\]$/,
    comm: null,
  },
  {
    // src/mworker.c: the code is 128 + signal, the words are strsignal(3)'s.
    reporter: 'haproxy',
    tags: /^haproxy/,
    line: /^(?:\[[A-Z]+\] +(?:\d{3}\/\d{6} )?\(\d{1,10}\) : )?(?:Current|Former) worker (?:#\d{1,4} )?\((?<pid>\d{1,10})\) exited with code (?<code>1[2-9]\d) \((?!Exit\b)[A-Z][\w /-]{2,40}\)$/,
    comm: 'haproxy',
  },
  {
    // src/tools.cc, "Squid Parent".
    reporter: 'squid',
    tags: /^(?:squid|\(squid-\d+\))/,
    line: /^(?:Squid Parent: )?(?:\(?squid[\w-]*\)? )?process (?<pid>\d{1,10}) exited due to signal (?<signal>\d{1,3}) with status \d/,
    comm: 'squid',
  },
  {
    // bin/varnishd/mgt/mgt_child.c; the child has the name of its first thread.
    reporter: 'varnishd',
    tags: /^(?:varnishd|varnish)$/,
    line: /^(?:Error: )?Child \((?<pid>\d{1,10})\) died signal=(?<signal>\d{1,3})(?<core> \(core dumped\))?$/,
    comm: null,
  },
];
