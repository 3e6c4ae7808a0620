/** A console prompt before the kernel's time is short. */
const longestPrompt = 200;
const forms: readonly RegExp[] = [
  // A login, a shell, a monitor; `<bob> ` is somebody who talks.
  /(?:login|[Pp]assword|Passwort|Kennwort): *$|(?:^|[\s\w~)\]/=])(?:[#$]|(?<!<[^<>]{1,40})>) {1,2}$/,
  // What systemd prints while it boots.
  /^\s*\[\s*(?:OK|FAILED|DEPEND|TIME|\*{1,6})\s*\] /,
  // Cursor movements whose escapes were lost, and other control characters.
  /^(?:[\u0000-\u0020\u007f-\u009f\ufffd]|\[\??[\d;]{0,12}[A-Za-z]|[78=>]|[()][0AB])+$/,
  // The headline of a report.
  /^\[[\w ]*(?:dmesg|kmsg|kernel|console)[\w ]*\]:? *$/i,
];

/** Whether a console may have printed this before the kernel's time: a prompt, and no program's output. */
export function isPrompt(text: string): boolean {
  return text.length <= longestPrompt && forms.some((form) => form.test(text));
}
