import { startSlack } from './start-slack.ts';

/** Runs the emulator as a process: PORT (0: a free one). Prints what a bot needs, then each message. */
const slack = await startSlack({ port: Number(process.env['PORT'] ?? 0) });
process.stdout.write(
  `${JSON.stringify({
    SLACK_API_URL: slack.url,
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_SIGNING_SECRET: slack.signingSecret,
    SLACK_ALERT_CHANNEL: 'CALERTS',
  })}\n`,
);

let shown = 0;
const watch = setInterval(() => {
  for (const message of slack.messages().slice(shown)) {
    process.stdout.write(`${JSON.stringify(message)}\n`);
    shown += 1;
  }
}, 200);

/** Each line on stdin is a mention in the channel COPS. */
process.stdin.setEncoding('utf8').on('data', (text: string) => {
  for (const line of text.split('\n').filter((each) => each.trim() !== '')) slack.mention(line);
});

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    clearInterval(watch);
    process.stdin.destroy();
    void slack.close();
  });
}
