/** What the bot may do in Slack, and what is missing without it. The app's manifest asks for the needed ones. */
export const neededScopes = {
  'app_mentions:read': 'it does not hear mentions',
  'assistant:write': 'it shows no suggested prompts in its pane',
  'channels:read': 'it cannot check the alert channel',
  'chat:write': 'it can write nothing',
  commands: '/coroner and the message shortcut do not reach it',
  'files:write': 'reports come as cut messages, not as files',
  'im:history': 'it does not hear direct messages',
  'im:write': 'it cannot open a direct message where it may not write in the channel',
  'usergroups:read': 'it cannot tell who may act on incidents where SLACK_ACTORS is set',
  'users:read': 'it reads times as UTC, not in the zone of the asker',
} as const;

export const usefulScopes = {
  'channels:history':
    'in public channels, threads are forgotten at a restart, and a crash in mid-post may post twice',
  'groups:history': 'the same in private channels',
} as const;
