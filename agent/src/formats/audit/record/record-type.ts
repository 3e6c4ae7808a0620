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

/** What user space and the daemon write, and ANOM_ABEND: one record is the whole event. */
const alone =
  /^(?:(?:USER|CRED|SERVICE|SYSTEM|DAEMON|ADD|DEL|GRP|ROLE|LABEL|CRYPTO|VIRT|RESP|DEV|MAC_IPSEC|CH(?:GRP|USER))_\w+|ACCT_(?:LOCK|UNLOCK)|TEST|TRUSTED_APP|USYS_CONFIG|SOFTWARE_UPDATE|FS_RELABEL|ANOM_(?:ABEND|LOGIN_\w+|ROOT_TRANS|MK_EXEC|EXEC|MOD_\w+|ADD_ACCT|DEL_ACCT|ACCESS_FS|AMTU_FAIL|CRYPTO_FAIL|RBAC_\w+|MAX_\w+))$/;

/** Is no other record of this one's serial to be waited for? Unknown types may have company. */
export function standsAlone(type: string): boolean {
  return alone.test(type);
}
