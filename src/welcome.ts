import { type Config, hasSlack, hasTeams } from './config.ts'

/** What a started server is reached by, and a question to begin with. */
export type Opened = { url: string; publicPort: number | undefined; example: string }

/** What `chartroom serve` says when everything is open. */
export const welcome = ({ url, publicPort, example }: Opened, config: Config): string => {
  const { host, url: reachedAt } = config.public
  const listens = `  Listens      ${host}:${publicPort}${reachedAt ? `, reached at ${reachedAt}` : ''}\n`
  return `
Chartroom is ready.

  Local room   ${url}
  Slack        ${slackWords(config)}
  Teams        ${yes(hasTeams(config))}
  Model        ${yes(config.model.apiKey !== undefined || config.model.baseUrl !== undefined)}
${publicPort === undefined ? '' : listens}
Try: ${example}
Ctrl-C stops it.
`
}

const yes = (set: boolean) => (set ? 'yes' : 'no')

const slackWords = (config: Config) => {
  if (!hasSlack(config)) return 'no'
  return config.slack.appToken ? 'yes, by Socket Mode' : 'yes, over HTTP'
}
