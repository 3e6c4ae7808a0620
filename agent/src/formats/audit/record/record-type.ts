/** Record types by number (linux/audit.h), as the kernel prints them in its own log. */
const names: Readonly<Record<number, string>> = {
  1006: 'LOGIN',
  1100: 'USER_AUTH',
  1101: 'USER_ACCT',
  1103: 'CRED_ACQ',
  1104: 'CRED_DISP',
  1105: 'USER_START',
  1106: 'USER_END',
  1107: 'USER_AVC',
  1109: 'USER_ERR',
  1110: 'CRED_REFR',
  1112: 'USER_LOGIN',
  1113: 'USER_LOGOUT',
  1123: 'USER_CMD',
  1127: 'SYSTEM_BOOT',
  1128: 'SYSTEM_SHUTDOWN',
  1129: 'SYSTEM_RUNLEVEL',
  1130: 'SERVICE_START',
  1131: 'SERVICE_STOP',
  1300: 'SYSCALL',
  1302: 'PATH',
  1303: 'IPC',
  1305: 'CONFIG_CHANGE',
  1306: 'SOCKADDR',
  1307: 'CWD',
  1309: 'EXECVE',
  1318: 'OBJ_PID',
  1319: 'TTY',
  1320: 'EOE',
  1321: 'BPRM_FCAPS',
  1325: 'NETFILTER_CFG',
  1326: 'SECCOMP',
  1327: 'PROCTITLE',
  1334: 'BPF',
  1400: 'AVC',
  1403: 'MAC_POLICY_LOAD',
  1404: 'MAC_STATUS',
  1700: 'ANOM_PROMISCUOUS',
  1701: 'ANOM_ABEND',
  1702: 'ANOM_LINK',
};

/** `1701`, `UNKNOWN[1701]` and `ANOM_ABEND` → `ANOM_ABEND`; a number without a name stays. */
export function recordType(written: string): string {
  const number = /^(?:UNKNOWN\[)?(\d+)\]?$/.exec(written)?.[1];
  return number === undefined ? written : (names[Number(number)] ?? number);
}

/** Types that come in groups with others of their serial; every other record stands alone. */
const grouped = new Set(
  `SYSCALL PATH IPC CONFIG_CHANGE SOCKADDR CWD EXECVE IPC_SET_PERM MQ_OPEN MQ_SENDRECV MQ_NOTIFY
  MQ_GETSETATTR FD_PAIR OBJ_PID BPRM_FCAPS CAPSET MMAP NETFILTER_CFG SECCOMP PROCTITLE
  FEATURE_CHANGE KERN_MODULE FANOTIFY TIME_INJOFFSET TIME_ADJNTPVAL BPF EVENT_LISTENER URINGOP
  OPENAT2 DM_CTRL DM_EVENT TTY AVC SELINUX_ERR AVC_PATH MAC_POLICY_LOAD MAC_STATUS
  MAC_CONFIG_CHANGE APPARMOR APPARMOR_DENIED APPARMOR_ALLOWED LANDLOCK_ACCESS LANDLOCK_DOMAIN
  ANOM_PROMISCUOUS ANOM_LINK ANOM_CREAT INTEGRITY_DATA INTEGRITY_METADATA INTEGRITY_PCR
  INTEGRITY_RULE INTEGRITY_POLICY_RULE KERNEL_OTHER LOGIN`.split(/\s+/),
);

/** May other records of this one's event follow? Unknown kernel types (13xx to 19xx) may have company. */
export function standsAlone(type: string): boolean {
  return !grouped.has(type) && !/^1[3-9]\d\d$/.test(type);
}
