import type { ManifestOrder } from './order.ts'
import type { SlackAddresses } from './slack.ts'

/** What a person does with the file that was written, in three lines that name the screens as they are called there. */
export const nextSteps = (order: ManifestOrder): readonly [string, string, string] =>
  order.platform === 'slack' ? slackSteps(order.addresses) : teamsSteps(order.values.url)

/** Screens: https://docs.slack.dev/app-manifests/configuring-apps-with-app-manifests, https://docs.slack.dev/apis/events-api/using-socket-mode */
const slackSteps = ({ events, install }: SlackAddresses) =>
  [
    'https://api.slack.com/apps → Create New App → From a manifest: choose the workspace, paste the file as JSON, Next, Create.',
    `Into .env: ${[install === undefined ? botToken : installing(install), events === undefined ? appToken : signingSecret].join('; ')}.`,
    events === undefined
      ? `npm start. ${firstQuestion(install)}`
      : `npm start, then App Manifest → verify the Request URL ${events}/slack/events. ${firstQuestion(install)}`,
  ] as const

const botToken = 'SLACK_BOT_TOKEN (Install App → Install to Workspace → Bot User OAuth Token)'
const installing = (install: string) =>
  `SLACK_CLIENT_ID and SLACK_CLIENT_SECRET (Basic Information → App Credentials), CHARTROOM_KEY, PUBLIC_URL=${install}`
const appToken =
  'SLACK_APP_TOKEN (Basic Information → App-Level Tokens → Generate Token and Scopes, scope connections:write)'
const signingSecret = 'SLACK_SIGNING_SECRET (Basic Information → App Credentials)'

const firstQuestion = (install: string | undefined) =>
  install === undefined
    ? 'In Slack: /ask revenue last month.'
    : `Manage Distribution → Activate Public Distribution, then open ${install}/slack/install.`

/** Screens: https://learn.microsoft.com/microsoftteams/platform/concepts/deploy-and-publish/apps-upload */
const teamsSteps = (url: string) =>
  [
    `The bot's messaging endpoint is ${url}/api/messages: Azure Bot → Settings → Configuration, or teams app update --endpoint.`,
    `Into .env: CLIENT_ID, CLIENT_SECRET and TENANT_ID of the bot, PUBLIC_URL=${url}. Then npm start.`,
    'Teams → Apps → Manage your apps → Upload an app → Upload a custom app: the file, then Add. Write to it: help.',
  ] as const
